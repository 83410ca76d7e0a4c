import { fold } from '../../../shared/kernel/names.ts'
import type { SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { describedRecord } from './people/kept.ts'

export type Named = Pick<PersonRecord, 'givenName' | 'familyName'>

/** True if both names are the same but for accents, capitals and signs; also if they stand the wrong way round. */
export const isNamedAlike = (a: Named, b: Named): boolean => {
  const [given, family] = [fold(a.givenName), fold(a.familyName)]
  const [otherGiven, otherFamily] = [fold(b.givenName), fold(b.familyName)]
  return (given === otherGiven && family === otherFamily) || (given === otherFamily && family === otherGiven)
}

/**
 * True if a feed that names somebody so under the key of `known` speaks of another person: both names are other ones
 * or, under the key of somebody who left, any of them. One alone changes with a marriage or a correction.
 */
export const isSomebodyElse = (known: Named, told: Named, left: boolean): boolean => {
  if (isNamedAlike(known, told)) return false
  const oneStays = fold(known.givenName) === fold(told.givenName) || fold(known.familyName) === fold(told.familyName)
  return left || !oneStays
}

/** As for a person as they are stored: one whom the feed describes still has not left it. */
export const isNotOf = (item: SourceItem, told: Named): boolean =>
  isSomebodyElse(item.record, told, describedRecord(item) === undefined)
