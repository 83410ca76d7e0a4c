import type { Patch } from '../people/record.ts'

export type Facet = 'pupil' | 'guardian' | 'staff'

/** One record of a feed about a person, in the order of the feed. */
export type Operation = {
  readonly action: 'add' | 'modify' | 'delete'
  /** Which part of the person the record is about; undefined for the whole of them. */
  readonly facet: Facet | undefined
  readonly id: string
  /** The feed's own key, as reports name it. */
  readonly key: string
  readonly file: string
  readonly line: number
  readonly patch: Patch
  /** What is taken for granted of a record, and need not be found: only known people are changed. */
  readonly refused?: string
}
