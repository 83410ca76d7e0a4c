import type { SchoolRole } from '../../../shared/kernel/role.ts'
import type { PersonRecord } from './people/record.ts'

/** What only imports and the operator's commands keep in the table. No function reads any of it. */

export type Key = { readonly pk: string; readonly sk: string }
export type Item = Key & { readonly [attribute: string]: unknown }

/** `D#<source>` / `SCHOOL#<uai>`: a school of a source, as its feed names it (`key`). */
export type FeedSchoolItem = Key & {
  readonly uai: string
  readonly key: string
  readonly name: string
  readonly town?: string
}

/**
 * `P#<person>` / `SOURCE`: what the feed said of a person, from which a delta goes on, and the rows that were made of it.
 * It is written before the rows are, and the person's roster rows in their schools, which hold the same `print`, after
 * all else: where the two differ, an import was interrupted, and all of the person is written again.
 */
export type SourceItem = Key & {
  readonly id: string
  readonly source: string
  readonly record: PersonRecord
  /** The ids of the pupils they are a legal guardian of. */
  readonly children: readonly string[]
  /** When they left, and what they were. */
  readonly left?: { readonly at: string; readonly roles: readonly SchoolRole[] }
  /** Fingerprints of the rows besides this one, by `pk|sk`. */
  readonly rows: Readonly<Record<string, string>>
  /** Keys of the rows this change took away. */
  readonly leaving: readonly string[]
  /** Ids of the guardians, or of the children, this change took away: they are to be written after it. */
  readonly parted: readonly string[]
  readonly print: string
}

/** A pupil's guardians and a guardian's children: whose items change with the person's. */
export const kinOf = ({ record, children }: Pick<SourceItem, 'record' | 'children'>): string[] => [
  ...(record.pupil?.guardians ?? []),
  ...children,
]

/**
 * `P#<guardian>` / `AWAITED#<pupil>`: a pupil whose feed names a guardian nobody has brought yet. One of the pupil's rows;
 * a delta that brings the guardian finds the pupil by it.
 */
export type AwaitedItem = Key & { readonly pupil: string }

/** `S#<uai>` / `GRANT#administrator#<person>`: who administers a school by the operator's word, whatever feeds say. */
export type GrantItem = Key & { readonly person: string; readonly uai: string; readonly at: string }

export const importKeys = {
  feedSchool: (source: string, uai: string): Key => ({ pk: `D#${source}`, sk: `SCHOOL#${uai}` }),
  source: (person: string): Key => ({ pk: `P#${person}`, sk: 'SOURCE' }),
  awaited: (guardian: string, pupil: string): Key => ({ pk: `P#${guardian}`, sk: `AWAITED#${pupil}` }),
  grant: (uai: string, person: string): Key => ({ pk: `S#${uai}`, sk: `GRANT#administrator#${person}` }),
} as const

/** A key as one text. `|` stands in no partition key. */
export const keyText = ({ pk, sk }: Key): string => `${pk}|${sk}`

export const keyOfText = (text: string): Key => {
  const at = text.indexOf('|')
  return { pk: text.slice(0, at), sk: text.slice(at + 1) }
}
