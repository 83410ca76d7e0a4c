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

/** A class's or teaching group's id, from its school and the feed's own key or name. */
export const groupId = (uai: string, kind: 'class' | 'group', key: string): string =>
  hashedId(12, 'group', uai, kind, key)

/** A short fingerprint of what is stored, so that an unchanged record is known without comparing it field by field. */
export const fingerprint = (value: unknown): string => base32(hash('sha256', JSON.stringify(value), 'buffer'), 16)
