import { hash } from 'node:crypto'
import type { AudienceKind } from '../../shared/directory/audience.ts'
import { base32 } from '../../shared/kernel/ids.ts'

const hashed = (length: number, ...parts: string[]): string =>
  base32(hash('sha256', JSON.stringify(parts), 'buffer'), length)

/**
 * A person's id, from the feed's own key: `source` tells feeds apart whose keys are unique within themselves only
 * (an AAF `ENTPersonJointure` is unique in its académie). The same feed gives the same id for ever.
 */
export const personId = (source: string, key: string): string => hashed(16, 'person', source, key)

/** A class's or teaching group's id, from its school and the feed's own key or name. */
export const groupId = (uai: string, kind: 'class' | 'group', key: string): string =>
  hashed(12, 'group', uai, kind, key)

/** An audience's id. `of` is the group for `class` and `class-guardians`, the UAI for every other kind. */
export const audienceId = (kind: AudienceKind, of: string): string => hashed(12, 'audience', kind, of)

/** A short fingerprint of what is stored, so that an unchanged record is known without comparing it field by field. */
export const fingerprint = (value: unknown): string => base32(hash('sha256', JSON.stringify(value), 'buffer'), 16)
