import { useMemo } from 'react'
import { homeContract } from '../../../shared/home/contract.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { HandInMark, Receipt } from '../../../shared/work/hand-in.ts'
import { handInMoves, handingInFrom } from '../../../shared/work/hand-in-states.ts'
import type { WorkOfHome } from '../../../shared/work/home.ts'
import type { OwnTask, PupilWork, Tick } from '../../../shared/work/shapes.ts'
import { formerRead } from '../../platform/former-reads.ts'
import { useWaiting } from '../../platform/outbox/device-outbox.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { read, readKey } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { privateInterval } from './private-interval.ts'
import { useReceipts } from './receipts.ts'
import { tickedHere } from './ticked-here.ts'
import { unsentOf } from './unsent.ts'

/**
 * What is known of a pupil: which pieces they ticked, when, their own tasks and what they handed in. `unsent`: by piece or
 * task, what was done to it on this device last and waits or was refused.
 */
export type Done = {
  readonly ticks: ReadonlyMap<string, Tick>
  readonly tasks: readonly OwnTask[]
  readonly handIns: ReadonlyMap<string, HandInMark>
  readonly unsent: ReadonlyMap<string, Waiting>
}

const later = (a: Tick | undefined, b: Tick): Tick => (a && a.at > b.at ? a : b)

/** What somebody knows of hand-ins: as the API said last, with what was handed in on this device and it may not have yet. */
const handInsOf = (pupil: string, stored: PupilWork | undefined, { waiting, receipts }: Here) => {
  const known = new Map((stored?.handIns ?? []).map((one): [string, HandInMark] => [one.piece, one]))
  const sent = unsentOf('sendHandIn', waiting).flatMap(({ one, input: { params, body } }) =>
    one.refused ? [] : [{ ...params, at: body.at }],
  )
  const here = [...receipts, ...sent].filter(one => one.pupil === pupil).sort((a, b) => (a.at < b.at ? 1 : -1))
  for (const { piece, at } of here) {
    const before: HandInMark = known.get(piece) ?? { piece, state: 'assigned' }
    const isNewer = before.at === undefined || before.at < at
    if (isNewer) known.set(piece, { ...before, at, state: handInMoves[handingInFrom(before.state)].to })
  }
  return known
}

/** A pupil's own tasks: as the API said last, with what was done to them on this device and it may not have yet. */
const tasksOf = (stored: PupilWork | undefined, waiting: readonly Waiting[]): readonly OwnTask[] => {
  const tasks = new Map((stored?.tasks ?? []).map(task => [task.id, task]))
  for (const each of waiting) {
    const [kept] = unsentOf('keepTask', [each])
    const [removed] = unsentOf('removeTask', [each])
    const id = (kept ?? removed)?.input.params.task ?? ''
    // A new one that was refused stands nowhere else.
    if (kept && (!each.refused || !tasks.has(id))) tasks.set(id, { ...kept.input.body, id })
    if (removed && !each.refused) tasks.delete(id)
  }
  return [...tasks.values()]
}

/** What this device knows beside the API: of a pupil the ticks that it took, of everybody what waits, and their receipts. */
type Here = {
  readonly taken: readonly Tick[]
  readonly waiting: readonly Waiting[]
  readonly receipts: readonly Receipt[]
}

/** By what each is about: a piece, or a task of one's own. */
const unsentIn = (pupil: string, waiting: readonly Waiting[]): ReadonlyMap<string, Waiting> =>
  new Map([
    ...unsentOf('tick', waiting).flatMap(({ one, input }) =>
      input.body.ticks.map(({ piece }) => [piece, one] as const),
    ),
    ...waiting.flatMap(each =>
      [...unsentOf('keepTask', [each]), ...unsentOf('removeTask', [each])].map(
        ({ one, input }) => [input.params.task, one] as const,
      ),
    ),
    ...unsentOf('sendHandIn', waiting).flatMap(({ one, input: { params } }) =>
      params.pupil === pupil ? [[params.piece, one] as const] : [],
    ),
  ])

const doneOf = (pupil: string, stored: PupilWork | undefined, here: Here): Done => {
  const { taken, waiting } = here
  const ticked = unsentOf('tick', waiting).flatMap(({ one, input }) => (one.refused ? [] : input.body.ticks))
  const ticks = new Map<string, Tick>()
  for (const one of [...(stored?.ticks ?? []), ...taken, ...ticked])
    ticks.set(one.piece, later(ticks.get(one.piece), one))
  return {
    ticks,
    tasks: tasksOf(stored, waiting),
    handIns: handInsOf(pupil, stored, here),
    unsent: unsentIn(pupil, waiting),
  }
}

const none: readonly never[] = []

/** Whose work is followed: a pupil's own, or a guardian's children's. */
export const followed = (me: Me): readonly string[] =>
  me.roles.some(({ role }) => role === 'pupil') ? [me.person.id] : [...new Set(me.children.map(({ id }) => id))]

/** What the release before stored of the work, by the address that it asked for. */
const formerOf = (me: Me): WorkOfHome | undefined => {
  const { state } = workContract.routes
  const isPupil = me.roles.some(({ role }) => role === 'pupil')
  const [, address] = readKey(state, { query: isPupil ? {} : { children: followed(me).join(',') } })
  return formerRead(state.reply, address)?.data
}

/**
 * What each of those whose work is followed has done, by person; undefined while nothing is known: by the one private read
 * that Home, the news and the work share, and until it is there by what the release before stored.
 */
export const useDone = (me: Me): ReadonlyMap<string, Done> | undefined => {
  const { data: home } = useRead({
    ...read(homeContract.routes.state, {}, { every: privateInterval }),
    enabled: followed(me).length > 0,
  })
  const former = useMemo(() => formerOf(me), [me])
  const data = home?.work ?? former
  const { data: taken = none } = useRead(tickedHere)
  const waiting = useWaiting()
  const receipts = useReceipts(me.person.id)
  const isPupil = me.roles.some(({ role }) => role === 'pupil')
  return useMemo(() => {
    const here: Here = { taken: isPupil ? taken : none, waiting, receipts }
    if (!data && Object.values(here).every(({ length }) => length === 0)) return undefined
    const storedOf = (id: string) => data?.items.find(({ pupil }) => pupil === id)
    return new Map(followed(me).map(id => [id, doneOf(id, storedOf(id), here)]))
  }, [data, taken, waiting, receipts, me, isPupil])
}
