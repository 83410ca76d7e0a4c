import { onlineManager } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { resendLifetime } from '../../../shared/kernel/idempotency.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { currentSession, onSessionEnd, useSession } from '../api.ts'
import { queryClient } from '../content.ts'
import { database } from '../database.ts'
import { files, openDeviceFiles } from '../device-files/device-files.ts'
import type { SendFile } from '../device-files/files.ts'
import type { Failure } from '../failure.ts'
import { lastContact, serverNow } from '../server-time.ts'
import type { Session } from '../session.ts'
import { sessionStore } from '../storage.ts'
import { type DeclaredWrite, sendWrite, writeNamed } from '../write.ts'
import { isUnanswered, type OutboxOwner, outbox } from './outbox.ts'
import { sendFilesOf, sweepSoon } from './sent-files.ts'
import { outboxInDatabase, outboxInStorage, type Waiting } from './waiting.ts'

/** Wires the outbox of this device to the browser. Its logic is in outbox.ts. */

/** Where what is made waits, and where earlier versions of the app kept it on a shared device: it outlived no tab there. */
const [onDevice, inTab] = [outboxInDatabase(database), outboxInStorage(sessionStore)]

/** A write that one tab has sent for `person`. */
type Done = { readonly write: string; readonly reply: unknown; readonly input: unknown; readonly person: string }

/**
 * Messages to the other tabs: that what waits has changed, or what was done, which they show too. Without BroadcastChannel
 * they see it when they send, or read, next.
 */
const channel =
  typeof window === 'undefined' || !('BroadcastChannel' in window) ? undefined : new BroadcastChannel('preau-outbox')

/** Loads and registers the writes of the feature of this name. */
let loadWrites: (feature: string) => Promise<unknown> = async () => undefined

const declaredOf = async (name: string): Promise<DeclaredWrite | undefined> => {
  if (!writeNamed(name)) await loadWrites(name.slice(0, name.indexOf('.')))
  return writeNamed(name)
}

/** True if the API may have forgotten an earlier attempt: sent by itself, it could be done twice. */
const isOutdated = ({ at, keyedAt = at }: Waiting): boolean =>
  Math.max(serverNow(), lastContact() ?? 0) - Date.parse(keyedAt) > resendLifetime * 1000

/** To call once the API has done the write of this key, which its form waits for. */
export const awaited = new Map<string, () => void>()

const sendKept = async (one: Waiting, person: string): Promise<Result<unknown, Failure>> => {
  const declared = await declaredOf(one.write).catch(() => undefined)
  // Its code cannot be loaded, or is of another version: it waits.
  if (!declared) return fail({ type: 'unexpected' })
  const { kept } = declared
  if (!kept?.isRepeatable && isOutdated(one)) return fail({ type: 'outdated' })
  const documents = await sendFilesOf(one, person)
  if (!documents.ok) return documents
  const made = one.input as never
  const named = kept?.withDocuments?.(made, documents.value) ?? made
  const sent = kept?.asSent
    ? // Under a key, the API takes one body only.
      { input: kept.asSent(named as never, one.offset ?? 0) as never, key: randomId() }
    : { input: named as never, key: one.key }
  const reply = await sendWrite(declared, sent.input, { key: sent.key, person })
  // Refused for what it is, it would be refused again, and nobody is to see to it.
  if (!reply.ok && kept?.isQuiet && !isUnanswered(reply.problem)) return ok(undefined)
  // What it was about was there when it was made.
  if (!reply.ok) return kept && reply.problem.type === 'not-found' ? fail({ ...reply.problem, type: 'gone' }) : reply
  const refusal = kept?.refusalIn?.(reply.value as never, made)
  if (refusal) return fail(refusal)
  const done: Done = { write: one.write, reply: reply.value, input: made, person }
  channel?.postMessage(done)
  // What this page shows of it is not what was done: a fault there does not have it sent again.
  await showDone(done).catch(() => undefined)
  awaited.get(one.key)?.()
  if (one.files) void files.take(one.files).then(() => sweepSoon(onDevice, deviceBox.waiting))
  return reply
}

/** Shows on this page what was done by it, or by another tab. */
const showDone = async ({ write, reply, input, person }: Done): Promise<void> => {
  if (personOf(currentSession()) !== person) return
  await writeNamed(write)?.onDone?.(queryClient, reply as never, input as never)
}

export const deviceBox = outbox({
  send: sendKept,
  tell: () => channel?.postMessage('changed'),
  alone: async work => navigator.locks?.request('preau-outbox', work) ?? work(),
  setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
  clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
})

let isListening = false
const listen = (): void => {
  if (isListening) return
  isListening = true
  // What waits is sent in nobody's name: not while somebody signs in, either.
  onSessionEnd(() => void deviceBox.open(undefined))
  addEventListener('online', deviceBox.flush)
  channel?.addEventListener('message', ({ data }: MessageEvent<Done | 'changed'>) => {
    if (data === 'changed') void deviceBox.refresh()
    else void showDone(data).catch(() => undefined)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') deviceBox.flush()
  })
}

export const ownerOf = (person: string): OutboxOwner => ({ person, store: onDevice, others: [inTab] })

export const personOf = (session: Session): string | undefined =>
  session.state === 'signed-in' ? session.me.person.id : undefined

type Loading = {
  /** Registers the writes of a feature. */
  readonly writes: (feature: string) => Promise<unknown>
  /** What sends the files of this device; undefined where no feature does. */
  readonly fileSender: () => Promise<SendFile | undefined>
}

/** Opens the outbox, and the files of this device, of whoever is signed in, for as long as they are. */
export const useOpenOutbox = (load: Loading): void => {
  const person = personOf(useSession())
  useEffect(() => {
    loadWrites = load.writes
    listen()
    openDeviceFiles(person, load.fileSender)
    void deviceBox.open(person === undefined ? undefined : ownerOf(person))
    sweepSoon(onDevice, deviceBox.waiting)
  }, [load, person])
}

/** What waits on this device of whoever is signed in, oldest first. */
export const useWaiting = (): readonly Waiting[] => useSyncExternalStore(deviceBox.subscribe, deviceBox.waiting)

/** False for one that lasts as long as the page, or a file of which does: the device's store is full or refused. */
export const isKept = (one: Waiting): boolean => deviceBox.isKept(one.key) && (one.files ?? []).every(files.isKept)

/** False for one that is on its way for the first time, with a network: it need not be said to wait. */
export const isHeldUp = (one: Waiting): boolean => !deviceBox.isFresh(one.key) || !onlineManager.isOnline()

/** Removes one that its author does not want any more; its files stay for as long as that can be undone. */
export const removeWaiting = async (key: string): Promise<void> => {
  await deviceBox.remove(key)
  sweepSoon(onDevice, deviceBox.waiting)
}

/** An instant of the server's clock, in milliseconds, as it is kept (ISO 8601). */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Sends one again that was refused. */
export const sendAgain = (one: Waiting): void =>
  void deviceBox.sendAgain(one.key, { key: randomId(), keyedAt: instant(serverNow()) })

/** Puts one back that was removed. */
export const putBack = (one: Waiting): void => {
  const person = personOf(currentSession())
  if (person !== undefined) void deviceBox.add(ownerOf(person), one)
}
