import { HandInMark } from '../../shared/work/hand-in.ts'
import type { PupilWork, Tick } from '../../shared/work/shapes.ts'
import { uses } from '../platform/access.ts'
import { pick } from '../platform/pick.ts'
import type { Table } from '../platform/table.ts'
import { handInPatterns } from './hand-ins/patterns.ts'
import { workPatterns } from './patterns.ts'

const pupilAccess = uses({ get: [workPatterns.tasks], query: [workPatterns.ofPupil, handInPatterns.ownHandIns] })

/** Of some ticks the last one of each piece. */
export const lastTicks = (ticks: readonly Tick[]): Tick[] => {
  const last = new Map<string, Tick>()
  for (const tick of ticks) {
    const known = last.get(tick.piece)
    if (!known || known.at < tick.at) last.set(tick.piece, tick)
  }
  return [...last.values()]
}

/** What a pupil ticked in the last weeks, and their own tasks and what they handed in: two Queries and a GetItem side by side. */
export const readPupilWork = async (table: Table<typeof pupilAccess>, person: string): Promise<PupilWork> => {
  const [weeks, own, handIns] = await Promise.all([
    table.all(workPatterns.ofPupil, { person }),
    table.get(workPatterns.tasks, { person }),
    table.all(handInPatterns.ownHandIns, { person }),
  ])
  // A piece that was moved to another week stands in both, if it was ticked again.
  return {
    pupil: person,
    ticks: lastTicks(weeks.flatMap(({ ticks }) => ticks)),
    tasks: own?.tasks ?? [],
    handIns: handIns.map(one => pick(HandInMark, one)),
  }
}
