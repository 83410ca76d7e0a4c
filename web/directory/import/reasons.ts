import type { KeyOf } from '../../platform/catalogue.ts'
import type { texts } from './reason-texts.ts'

type ReasonKey = KeyOf<typeof texts>

/**
 * What an import's report says of a person's record, by how it says it. test/web/directory/reasons.test.ts finds each of
 * these in the import's sources, and fails where its wording has changed.
 */
export const reasons: readonly (readonly [begins: string, key: ReasonKey])[] = [
  ['it has no name', 'directory.reason.no-name'],
  ['it is in no school that the feed describes', 'directory.reason.no-school'],
  ['nobody is known by its key', 'directory.reason.unknown-key'],
  ['the person’s own record is refused', 'directory.reason.person-refused'],
  ['another record of ', 'directory.reason.same-key'],
  ['it is one more row of the person of ', 'directory.reason.more-rows'],
  ['it stands in ', 'directory.reason.twice'],
  ['a guardian of nobody', 'directory.reason.guardian-of-nobody'],
  ['it names a guardian who is none by their own record', 'directory.reason.guardian-is-none'],
  ['it names a guardian who is not in the feed', 'directory.reason.guardian-missing'],
  ['it names as its child somebody who is no pupil', 'directory.reason.child-is-none'],
  ['all that it says of them is over', 'directory.reason.over'],
  ['they stay as they were in ', 'directory.reason.held'],
  ['it was the key of ', 'directory.reason.another-person'],
  ['it may be any of ', 'directory.reason.may-be'],
  ['several here may be ', 'directory.reason.may-be'],
  ['its file states no version that can be read', 'directory.reason.legal-link'],
  ['its role ', 'directory.reason.unknown-role'],
  ['its enabledUser is false', 'directory.reason.gone'],
  ['its status says it is gone', 'directory.reason.gone'],
]

/** The key of the words for a reason, undefined for one that has none here. */
export const reasonKey = (reason: string): ReasonKey | undefined =>
  reasons.find(([begins]) => reason.startsWith(begins))?.[1]
