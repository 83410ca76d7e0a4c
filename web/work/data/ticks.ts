import { useEffect, useMemo } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { HandInMark } from '../../../shared/work/hand-in.ts'
import { handInMoves, handingInFrom } from '../../../shared/work/hand-in-states.ts'
import type { OwnTask, PupilWork, Tick } from '../../../shared/work/shapes.ts'
import { queryClient } from '../../platform/content.ts'
import { useWaiting } from '../../platform/outbox/device-outbox.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { isWaiting, type Made, startSendingMade, useMade } from '../hand-in/outbox.ts'
import { privateInterval } from './intervals.ts'
import { tickedHere } from './ticked-here.ts'
import { unsentOf } from './unsent.ts'

/**
 * What is known of a pupil: which pieces they ticked, when, their own tasks and what they handed in. `unsent`: by piece or
 * task, what was done to it on this device and waits or was refused. `waiting`: what was handed in here and waits.
 */
export type Done = {
  readonly ticks: ReadonlyMap<string, Tick>
  readonly tasks: readonly OwnTask[]
  readonly handIns: ReadonlyMap<string, HandInMark>
  readonly unsent: ReadonlyMap<string, Waiting>
  readonly waiting: ReadonlySet<string>
}

const later = (a: Tick | undefined, b: Tick): Tick => (a && a.at > b.at ? a : b)

/** What somebody knows of hand-ins: as the API said last, with what was handed in on this device and it may not have yet. */
const handInsOf = (pupil: string, stored: PupilWork | undefined, made: readonly Made[]) => {
  const known = new Map((stored?.handIns ?? []).map((one): [string, HandInMark] => [one.piece, one]))
  for (const { piece, at, refused } of made.filter(one => one.pupil === pupil)) {
    const before: HandInMark = known.get(piece) ?? { piece, state: 'assigned' }
    const isNewer = refused === undefined && (before.at === undefined || before.at < at)
    if (isNewer) known.set(piece, { ...before, at, state: handInMoves[handingInFrom(before.state)].to })
  }
  return known
}

/** A pupil's own tasks: as the API said last, with what was done to them on this device and it may not have yet. */
const tasksOf = (stored: PupilWork | undefined, waiting: readonly Waiting[]): readonly OwnTask[] => {
  const tasks = new Map((stored?.tasks ?? []).map(task => [task.id, task]))
  for (const { one, input } of unsentOf('keepTask', waiting)) {
    const { task: id } = input.params
    // A new one that was refused stands nowhere else.
    if (!one.refused || !tasks.has(id)) tasks.set(id, { ...input.body, id })
  }
  for (const { one, input } of unsentOf('removeTask', waiting)) if (!one.refused) tasks.delete(input.params.task)
  return [...tasks.values()]
}

/** What this device knows beside the API: of ticks those that it took and those that wait, of hand-ins all. */
type Here = { readonly taken: readonly Tick[]; readonly waiting: readonly Waiting[]; readonly made: readonly Made[] }

const doneOf = (pupil: string, stored: PupilWork | undefined, { taken, waiting, made }: Here): Done => {
  const unsent = unsentOf('tick', waiting).flatMap(({ one, input }) => input.body.ticks.map(tick => ({ one, tick })))
  const ticks = new Map<string, Tick>()
  const shown = unsent.flatMap(({ one, tick }) => (one.refused ? [] : tick))
  for (const one of [...(stored?.ticks ?? []), ...taken, ...shown])
    ticks.set(one.piece, later(ticks.get(one.piece), one))
  return {
    ticks,
    tasks: tasksOf(stored, waiting),
    handIns: handInsOf(pupil, stored, made),
    unsent: new Map([
      ...unsent.map(({ one, tick }) => [tick.piece, one] as const),
      ...[...unsentOf('keepTask', waiting), ...unsentOf('removeTask', waiting)].map(
        ({ one, input }) => [input.params.task, one] as const,
      ),
    ]),
    waiting: new Set(made.filter(one => one.pupil === pupil && isWaiting(one)).map(({ piece }) => piece)),
  }
}

const none: readonly never[] = []

/** Whose work is followed: a pupil's own, or a guardian's children's. */
export const followed = (me: Me): readonly string[] =>
  me.roles.some(({ role }) => role === 'pupil') ? [me.person.id] : [...new Set(me.children.map(({ id }) => id))]

/** The private read of the work: of a pupil their own, of a guardian that of all their children. */
const stateOf = (me: Me) => {
  const children = me.roles.some(({ role }) => role === 'pupil') ? undefined : followed(me).join(',')
  const query = children ? { children } : {}
  return read(workContract.routes.state, { query }, { every: privateInterval })
}

/** True if what is known of a read is older than so many milliseconds, or of another time of the device's clock. */
const isOlderThan = (interval: number, key: readonly unknown[]): boolean => {
  const age = Date.now() - (queryClient.getQueryState(key)?.dataUpdatedAt ?? 0)
  return age < 0 || age > interval
}

/**
 * What each of those whose work is followed has done, by person; undefined while nothing is known. `unlessKnownFor`:
 * milliseconds for which what is known is good enough here, also over a reload; absent: it is asked for as long as one looks.
 */
export const useDone = (me: Me, unlessKnownFor?: number): ReadonlyMap<string, Done> | undefined => {
  const asking = stateOf(me)
  const isAsked =
    followed(me).length > 0 && (unlessKnownFor === undefined || isOlderThan(unlessKnownFor, asking.queryKey))
  const { data } = useRead({ ...asking, enabled: isAsked })
  const { data: taken = none } = useRead(tickedHere)
  const waiting = useWaiting()
  const made = useMade(me.person.id)
  const isPupil = me.roles.some(({ role }) => role === 'pupil')
  useEffect(() => startSendingMade(me.person.id), [me.person.id])
  return useMemo(() => {
    const here: Here = isPupil ? { taken, waiting, made } : { taken: none, waiting: none, made }
    if (!data && Object.values(here).every(({ length }) => length === 0)) return undefined
    const storedOf = (id: string) => data?.items.find(({ pupil }) => pupil === id)
    return new Map(followed(me).map(id => [id, doneOf(id, storedOf(id), here)]))
  }, [data, taken, waiting, made, me, isPupil])
}
