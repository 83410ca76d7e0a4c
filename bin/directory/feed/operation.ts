import type { Patch } from '../people/record.ts'

export type Facet = 'pupil' | 'guardian' | 'staff'

/** One record of a feed about a person, in the order of the feed. */
export type Operation = {
  /** `set`: change who is known, add who is not. */
  readonly action: 'add' | 'modify' | 'set' | 'delete'
  /** Which part of the person the record is about; undefined for the whole of them. */
  readonly facet: Facet | undefined
  readonly id: string
  /** The feed's own key, as reports name it. */
  readonly key: string
  readonly file: string
  readonly line: number
  readonly patch: Patch
  /** Why nothing is done with the record but to report it. */
  readonly refused?: string
}
