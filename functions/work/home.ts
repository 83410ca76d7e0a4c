import { Collecting, HandInMark } from '../../shared/work/hand-in.ts'
import type { PupilWork } from '../../shared/work/shapes.ts'
import { itemsOf, type OwnItems } from '../platform/own-items.ts'
import { pick } from '../platform/pick.ts'
import { handInPatterns, type OwnHandInItem } from './hand-ins/patterns.ts'
import { lastTicks } from './last-ticks.ts'
import { workPatterns } from './patterns.ts'

/** What stands of a hand-in in a pupil's list, for them or for a guardian: a reminder of the pupil alone is the pupil's. */
const markFor = ({ remindedAt, remindsGuardians, ...item }: OwnHandInItem, isPupil: boolean): HandInMark => ({
  ...pick(HandInMark, item),
  ...(remindedAt !== undefined && (isPupil || remindsGuardians) && { remindedAt }),
})

/**
 * What a pupil ticked in the last weeks, their own tasks and what they handed in, of what is kept of them. `isPupil`: for the
 * pupil, and not for a guardian.
 */
export const workOfHome = (pupil: string, items: OwnItems, isPupil: boolean): PupilWork => ({
  pupil,
  // A piece that was moved to another week stands in both, if it was ticked again.
  ticks: lastTicks(itemsOf(items, workPatterns.ticks).flatMap(({ item }) => item.ticks)),
  tasks: itemsOf(items, workPatterns.tasks).flatMap(({ item }) => item.tasks),
  handIns: itemsOf(items, handInPatterns.ownHandIn).map(({ item }) => markFor(item, isPupil)),
})

/** How far the assignments of a teacher are handed in, of what is kept of them: the first deadline first. */
export const collectingOfHome = (items: OwnItems): Collecting[] =>
  itemsOf(items, handInPatterns.collecting)
    .map(({ item }) => pick(Collecting, item))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
