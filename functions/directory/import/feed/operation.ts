import type { Patch } from '../people/record.ts'

export type Facet = 'pupil' | 'guardian' | 'staff'

/** One record of a feed about a person, in the order of the feed. */
export type Operation = {
  /** `set`: change who is known in that facet, add who is not. `merge`: the same for the whole of them. */
  readonly action: 'add' | 'modify' | 'set' | 'merge' | 'delete'
  /** Which part of the person the record is about; undefined for the whole of them. */
  readonly facet: Facet | undefined
  readonly id: string
  /** The feed's own key, as reports name it. */
  readonly key: string
  readonly file: string
  readonly line: number
  readonly patch: Patch
  /** Whether somebody who is in no school of the feed is kept without access, for deltas to refer to, and not refused. */
  readonly keep?: boolean
  /** The feed may describe a person in several rows, one a school: together they are one record. */
  readonly rowPerSchool?: boolean
  /** Why nothing is done with the record but to report it. */
  readonly refused?: string
  /** What is said if a change is of nobody who is known. */
  readonly unknown?: string
}
