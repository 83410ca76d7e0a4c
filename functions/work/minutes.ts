import { epochSeconds } from '../../shared/kernel/dates.ts'
import { beginOf } from '../../shared/kernel/territory-day.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { put, remove } from '../platform/operation.ts'
import { type MinutesItem, type PieceItem, workPatterns } from './patterns.ts'

/*
 * How long tasks take, in one list for a whole school, so that those who run it read all of it at once: what is published,
 * as in the notebooks, and so nothing of what is scheduled for later.
 */

const keyOf = ({ uai, day, group, id: piece }: PieceItem) => ({ uai, day, group: group.id, piece })

const same = (a: PieceItem, b: PieceItem | undefined): boolean =>
  a.uai === b?.uai && a.day === b.day && a.group.id === b.group.id

/** What the list holds of a piece; undefined of one that takes no time, or is of a day that is over. */
const minutesOf = (
  { kind, day, group, subject, minutes }: PieceItem,
  now: Date,
  zone: string | undefined,
): MinutesItem | undefined => {
  const end = beginOf(dayAfter(day, 1), zone)
  return kind === 'task' && minutes !== undefined && end > now
    ? { day, group, subject, minutes, expiresAt: epochSeconds(end) }
    : undefined
}

/** The writes that make the school's list what it is to be of a piece. `images`: where it may stand there already. */
export const minutesWrites = (
  published: PieceItem | undefined,
  images: readonly (PieceItem | undefined)[],
  { now, zone }: { readonly now: Date; readonly zone: string | undefined },
) => {
  const item = published && minutesOf(published, now, zone)
  const left = images.flatMap(image => (image?.kind === 'task' && !(item && same(image, published)) ? [image] : []))
  const removals = left.map(image => remove('left-over minutes', workPatterns.minutes, keyOf(image)))
  return [
    ...new Map(removals.map(one => [one.key.sk, one])).values(),
    ...(published && item ? [put('minutes', workPatterns.minutes, keyOf(published), item)] : []),
  ]
}
