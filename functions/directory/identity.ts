import { hash } from 'node:crypto'
import { base32 } from '../../shared/kernel/ids.ts'

/** An id of `length` characters that follows from what it stands for: the same parts give the same id. */
export const hashedId = (length: number, ...parts: string[]): string =>
  base32(hash('sha256', JSON.stringify(parts), 'buffer'), length)

/**
 * A person's id, from the feed's own key: `source` tells feeds apart whose keys are unique within themselves only
 * (an AAF `ENTPersonJointure` is unique in its académie). The same feed gives the same id for ever.
 */
export const personId = (source: string, key: string): string => hashedId(16, 'person', source, key)

/** The id of somebody to whom a key was given that was another person's before: the `nth` one who has it. */
export const nextPersonId = (first: string, nth: number): string => hashedId(16, 'next person', first, String(nth))

/** The id that the `nth` person who has a key has by it alone; `first`: that of the first one. */
export const ownPersonId = (first: string, nth: number): string => (nth === 1 ? first : nextPersonId(first, nth))

/** What a class or teaching group is called in a feed: its key, or its name where it has none. */
export type GroupKey = { readonly uai: string; readonly kind: 'class' | 'group'; readonly key: string }

/**
 * The id of a class or teaching group of a school year, which `year` is the first calendar year of: names return each
 * September with other pupils, who must not be in the group of before.
 */
export const groupId = (source: string, { uai, kind, key }: GroupKey, year: number): string =>
  hashedId(12, 'group', source, uai, kind, key, String(year))

/** The id of a group that takes the key of another one in the middle of a year. */
export const nextGroupId = (source: string, { uai, kind, key }: GroupKey, year: number, before: string): string =>
  hashedId(12, 'group', source, uai, kind, key, String(year), before)

/** The id that groups had before they were of a school year; those that are stored keep it. */
export const undatedGroupId = ({ uai, kind, key }: GroupKey): string => hashedId(12, 'group', uai, kind, key)

/** A short fingerprint of what is stored, so that an unchanged record is known without comparing it field by field. */
export const fingerprint = (value: unknown): string => base32(hash('sha256', JSON.stringify(value), 'buffer'), 16)
