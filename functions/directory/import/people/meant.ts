import type { SourceItem } from '../../patterns.ts'
import type { PersonRecord } from '../../record.ts'
import type { Operation } from '../feed/operation.ts'
import { end, handedOf, handOver, isHeld, restore } from '../handed.ts'
import { isNamedAlike, isSomebodyElse, type Named } from '../same-person.ts'
import type { Staging } from '../staging.ts'
import { describedRecord, isKeptAlone } from './kept.ts'

/** The names a record tells, if it tells both. */
export const namesIn = ({ patch: { givenName, familyName } }: Operation): Named | undefined =>
  givenName === undefined || familyName === undefined ? undefined : { givenName, familyName }

/** What a record that is changed says of another person than the one it was of: nothing of children's guardians. */
const inherited = (record: PersonRecord): PersonRecord => {
  const { pupil, pupils: _, ...rest } = record
  if (!pupil) return rest
  const { namedBy: __, ...own } = pupil
  return { ...rest, pupil: { ...own, guardians: [] } }
}

/** Whom records are about: a key may have been given to somebody else. */
export const openMeaning = (staging: Staging, delta: boolean) => {
  /** Whom a record is about, and whom it names: as keys are meant now. */
  const meant = (operation: Operation): Operation => {
    const { patch } = operation
    const mean = (ids: readonly string[]) => ids.map(id => staging.meant(id))
    const pupil = patch.pupil && {
      ...patch.pupil,
      ...(patch.pupil.guardians && { guardians: mean(patch.pupil.guardians) }),
      ...(patch.pupil.others && { others: mean(patch.pupil.others) }),
    }
    const by = patch.namedBy && { ...patch.namedBy, guardian: staging.meant(patch.namedBy.guardian) }
    return {
      ...operation,
      id: staging.meant(operation.id),
      patch: {
        ...patch,
        ...(pupil && { pupil }),
        ...(patch.guardians && { guardians: mean(patch.guardians) }),
        ...(patch.pupils && { pupils: mean(patch.pupils) }),
        ...(by && { namedBy: by }),
      },
    }
  }

  /** A key whose person waits: the person is staged as they wait, or the one of before if the feed names them again. */
  const meetHeld = (operation: Operation) => {
    const item = handedOf(staging, operation.id)
    if (!isHeld(item)) return
    const told = namesIn(operation)
    if (told && isNamedAlike(told, item.held.was)) return restore(staging, item)
    if (!delta) return
    end(staging, item.held.former)
    const { file, line, key } = operation
    if (!staging.person(item.person))
      staging.setPerson(item.person, { record: item.held.record, facets: [], file, line, key })
  }

  /** What a delta says of another person than the one its key is known as: gives the id of the new one. */
  const somebodyElse = (operation: Operation, item: SourceItem | undefined): string | undefined => {
    const told = namesIn(operation)
    if (!delta || !told || !item || operation.action === 'delete' || isKeptAlone(item)) return undefined
    const known = staging.person(item.id)
    const before = known?.record ?? describedRecord(item)
    if (!isSomebodyElse(before ?? item.record, told, !before)) return undefined
    // There is nothing to change: it is refused.
    if (operation.action === 'modify' && !before) return undefined
    const { file, line, key } = operation
    const { person } = handOver(staging, item, key, item.record)
    staging.run('DELETE FROM person WHERE id = ?', item.id)
    if (operation.action === 'modify' && before)
      staging.setPerson(person, { record: inherited(before), facets: known?.facets ?? [], file, line, key })
    return person
  }

  return { meant, meetHeld, somebodyElse }
}
