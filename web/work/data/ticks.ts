import { queryOptions } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { homeContract } from '../../../shared/home/contract.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { HandInMark } from '../../../shared/work/hand-in.ts'
import { handInMoves, handingInFrom } from '../../../shared/work/hand-in-states.ts'
import type { WorkOfHome } from '../../../shared/work/home.ts'
import type { OwnTask, PupilWork, Tick } from '../../../shared/work/shapes.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import type { FailedRead } from '../../platform/failure.ts'
import { formerRead } from '../../platform/former-reads.ts'
import { read, readKey } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { serverDate } from '../../platform/server-time.ts'
import { isWaiting, type Made, startSendingMade, useMade } from '../hand-in/outbox.ts'
import { privateInterval } from './private-interval.ts'

/** Milliseconds after which what could not be sent is sent again. */
const again = 30_000
/** The most ticks of one request (shared/work/contract.ts). */
const most = 50
/** The most ticks that are kept on the device after they were sent. */
const kept = 200

/** A tick of this device. `isSent`: the API has taken it, and its list does not tell of it yet. */
type Ticked = Tick & { readonly isSent: boolean }

/** What the pupil ticked on this device; stored with what they read, and deleted with it at sign-out. */
const tickedHere = queryOptions<readonly Ticked[], FailedRead>({
  queryKey: ['work', 'ticked-here'],
  queryFn: () => [],
  enabled: false,
  gcTime: Number.POSITIVE_INFINITY,
})

const change = (to: (ticks: readonly Ticked[]) => readonly Ticked[]): void =>
  void queryClient.setQueryData(tickedHere.queryKey, (ticks = []) => to(ticks).slice(0, kept))

const pending = (): readonly Ticked[] =>
  (queryClient.getQueryData(tickedHere.queryKey) ?? []).filter(({ isSent }) => !isSent)

let isSending = false
let timer: ReturnType<typeof setTimeout> | undefined

/** Sends what waits, oldest first. What cannot be sent stays, and is tried again: none is ever dropped unsent. */
const send = async (): Promise<void> => {
  clearTimeout(timer)
  for (let ticks = pending().slice(-most); ticks.length > 0; ticks = pending().slice(-most)) {
    const body = { ticks: ticks.map(({ piece, done, at }) => ({ piece, done, at })) }
    const reply = await call(workContract.routes.tick, { body }, { key: randomId(), retry: false, keepalive: true })
    if (!reply.ok) {
      timer = setTimeout(sendSoon, again)
      return
    }
    const sent = new Set(ticks.map(({ piece, at }) => `${piece} ${at}`))
    change(all => all.map(one => (sent.has(`${one.piece} ${one.at}`) ? { ...one, isSent: true } : one)))
  }
}

const sendSoon = (): void => {
  if (isSending) return
  isSending = true
  void send().finally(() => {
    isSending = false
  })
}

let isListening = false
const startSending = (): void => {
  sendSoon()
  if (isListening) return
  isListening = true
  addEventListener('online', sendSoon)
}

/** Ticks a task, or takes that back: shown at once, and sent as soon as there is a network. */
export const tick = (piece: string, done: boolean): void => {
  const one: Ticked = { piece, done, at: serverDate().toISOString(), isSent: false }
  change(ticks => [one, ...ticks.filter(other => other.piece !== piece)])
  sendSoon()
}

/** What is known of a pupil: which pieces they ticked, when, their own tasks and what they handed in. `waiting`: what is not sent yet. */
export type Done = {
  readonly ticks: ReadonlyMap<string, Tick>
  readonly tasks: readonly OwnTask[]
  readonly handIns: ReadonlyMap<string, HandInMark>
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

const doneOf = (pupil: string, stored: PupilWork | undefined, here: readonly Ticked[], made: readonly Made[]): Done => {
  const ticks = new Map<string, Tick>()
  for (const one of [...(stored?.ticks ?? []), ...here]) ticks.set(one.piece, later(ticks.get(one.piece), one))
  return {
    ticks,
    tasks: stored?.tasks ?? [],
    handIns: handInsOf(pupil, stored, made),
    waiting: new Set([
      ...here.filter(({ isSent }) => !isSent).map(({ piece }) => piece),
      ...made.filter(one => one.pupil === pupil && isWaiting(one)).map(({ piece }) => piece),
    ]),
  }
}

const none: readonly Ticked[] = []

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
  const { data: here = none } = useRead(tickedHere)
  const made = useMade(me.person.id)
  const isPupil = me.roles.some(({ role }) => role === 'pupil')
  useEffect(() => {
    if (isPupil) startSending()
    startSendingMade(me.person.id)
  }, [isPupil, me.person.id])
  return useMemo(() => {
    if (!data && here.length === 0 && made.length === 0) return undefined
    return new Map(
      followed(me).map(id => [
        id,
        doneOf(
          id,
          data?.items.find(({ pupil }) => pupil === id),
          isPupil ? here : none,
          made,
        ),
      ]),
    )
  }, [data, here, made, me, isPupil])
}
