import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { homeContract } from '../../../shared/home/contract.ts'
import { Instant } from '../../../shared/kernel/dates.ts'
import { randomId, TimeId, timeId } from '../../../shared/kernel/ids.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { Receipt } from '../../../shared/work/hand-in.ts'
import { call, currentSession } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import { readKey } from '../../platform/read.ts'
import { serverDate } from '../../platform/server-time.ts'
import { localStore, safely } from '../../platform/storage.ts'
import { ChosenFile, sentFiles } from '../../ui/files/chosen-file.ts'
import { type Moment, thisMoment } from './files/moment.ts'

/**
 * What was handed in on this device: kept in its storage until the API has it, also over a reload, a sign-out and a week
 * without a network, and after that as a receipt. What the API refuses stays with the reason: nothing is ever discarded.
 */
const Made = z.object({
  piece: TimeId,
  pupil: z.string(),
  version: TimeId,
  /** Empty once the API has it. */
  text: z.string(),
  /** Of what an earlier app handed in here there is none. */
  files: z.optional(z.array(ChosenFile)),
  at: Instant,
  /** Milliseconds that were added to the device's clock for the server's time when it was done. */
  offset: z.number(),
  contactAt: z.optional(Instant),
  /** Type of the problem for which it was refused. */
  refused: z.optional(z.string()),
  receipt: z.optional(Receipt),
})
export type Made = z.infer<typeof Made>

/** Receipts that are kept, of those that were handed in last. */
const receipts = 60
/** Milliseconds after which what could not be sent is sent again. */
const again = 30_000

const keyOf = (person: string) => `preau.work.handed-in.${person}`

/** What this page knows where the device's storage is full or denied. */
const unstored = new Map<string, string>()
const listeners = new Set<() => void>()
const raw = (person: string): string => unstored.get(person) ?? safely(() => localStore.getItem(keyOf(person))) ?? '[]'

const parsed = (text: string): readonly Made[] => {
  const found = z.safeParse(z.array(z.unknown()), safely(() => JSON.parse(text)) ?? [])
  return (found.success ? found.data : []).flatMap(one => {
    const made = z.safeParse(Made, one)
    return made.success ? [made.data] : []
  })
}

const cache = new Map<string, { readonly text: string; readonly made: readonly Made[] }>()
const current = (person: string): readonly Made[] => {
  const text = raw(person)
  const known = cache.get(person)
  if (known?.text === text) return known.made
  const made = parsed(text)
  cache.set(person, { text, made })
  return made
}

/** All that is unsent, and of the rest the last receipts. */
const kept = (all: readonly Made[]): readonly Made[] => {
  const sent = all.filter(({ receipt }) => receipt).slice(0, receipts)
  return all.filter(one => !one.receipt || sent.includes(one))
}

const change = (person: string, to: (all: readonly Made[]) => readonly Made[]): void => {
  const text = JSON.stringify(kept(to(current(person))))
  unstored.delete(person)
  const isStored = safely(() => {
    localStore.setItem(keyOf(person), text)
    return true
  })
  if (!isStored) unstored.set(person, text)
  for (const listener of listeners) listener()
}

const changeOne = (person: string, version: string, to: (one: Made) => Made): void =>
  change(person, all => all.map(one => (one.version === version ? to(one) : one)))

/** True for what the API neither has nor refused. */
export const isWaiting = ({ receipt, refused }: Made): boolean => receipt === undefined && refused === undefined

/** After these the API may take it another time: nothing is wrong with what was handed in. */
const passing: ReadonlySet<string> = new Set([
  'unreachable',
  'unavailable',
  'unexpected',
  'signed-out',
  'session-stale',
  'session-ended',
  'account-suspended',
  'signed-out-elsewhere',
  'cookies-refused',
  'factor-missing',
  'another-person',
])

const sendOne = async (person: string, { text, files = [], at, offset, contactAt, ...one }: Made): Promise<boolean> => {
  const { piece, pupil, version } = one
  // By the clock as it was when it was done: where it was changed since, the server notices.
  const sentAt = new Date(Date.now() + offset).toISOString()
  const reply = await call(
    workContract.routes.sendHandIn,
    {
      params: { piece, pupil, version },
      body: {
        ...(text !== '' && { text }),
        ...sentFiles(files),
        at,
        sentAt,
        ...(contactAt !== undefined && { contactAt }),
      },
    },
    // Of whoever did it: a cookie that has become another one's hands nothing in.
    { key: randomId(), retry: false, person },
  )
  if (reply.ok) changeOne(person, version, ({ files: _, ...made }) => ({ ...made, text: '', receipt: reply.value }))
  else if (passing.has(reply.problem.type)) return false
  else changeOne(person, version, made => ({ ...made, refused: reply.problem.type }))
  void queryClient.invalidateQueries({ queryKey: readKey(workContract.routes.handIn, { params: { piece, pupil } }) })
  void queryClient.invalidateQueries({ queryKey: readKey(homeContract.routes.state, {}) })
  return true
}

let isSending = false
let timer: ReturnType<typeof setTimeout> | undefined

/** True while this person is signed in: what they handed in is sent in nobody else's name, a guardian's neither. */
const isSignedIn = (person: string): boolean => {
  const session = currentSession()
  return session.state === 'signed-in' && session.me.person.id === person
}

/** Sends what waits, the first one first. */
const send = async (person: string): Promise<void> => {
  clearTimeout(timer)
  // The last one of the list was made first.
  const next = () => [...current(person)].reverse().find(isWaiting)
  for (let one = next(); one; one = next()) {
    if (!isSignedIn(person)) return
    if (!(await sendOne(person, one))) {
      timer = setTimeout(() => sendMade(person), again)
      return
    }
  }
}

/** Sends what this person handed in on this device and the API does not have. */
export const sendMade = (person: string): void => {
  if (isSending) return
  isSending = true
  void send(person).finally(() => {
    isSending = false
  })
}

let listeningFor: string | undefined

/** Sends what waits now, and whenever there is a network again. */
export const startSendingMade = (person: string): void => {
  sendMade(person)
  if (listeningFor === undefined) addEventListener('online', () => listeningFor !== undefined && sendMade(listeningFor))
  listeningFor = person
}

/** Hands in, as done at a moment: now, or when the button was touched while files were on their way. */
export const handInHere = (
  person: string,
  of: Pick<Made, 'piece' | 'pupil' | 'text' | 'files'>,
  moment: Moment = thisMoment(),
): void => {
  const made: Made = { ...of, ...moment, version: timeId(serverDate()) }
  change(person, all => [made, ...all])
  sendMade(person)
}

/** Tries again to send what was refused. */
export const sendAgain = (person: string, version: string): void => {
  changeOne(person, version, ({ refused: _, ...made }) => made)
  sendMade(person)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** What somebody handed in on this device, the last one first. */
export const useMade = (person: string): readonly Made[] => useSyncExternalStore(subscribe, () => current(person))
