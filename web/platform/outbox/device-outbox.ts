import { onlineManager } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { resendLifetime } from '../../../shared/kernel/idempotency.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { fail, type Result } from '../../../shared/kernel/result.ts'
import type { Upload, Write } from '../../../shared/kernel/route.ts'
import { currentSession, onSessionEnd, useSession } from '../api.ts'
import { atMost } from '../at-most.ts'
import { queryClient } from '../content.ts'
import { database } from '../database.ts'
import type { Failure } from '../failure.ts'
import { here } from '../navigation.ts'
import type { InputOf } from '../request.ts'
import { lastContact, serverNow } from '../server-time.ts'
import type { Session } from '../session.ts'
import { sessionStore } from '../storage.ts'
import { type DeclaredWrite, keyOfWrite, sendWrite, useWrite, writeNamed } from '../write.ts'
import type { Adding } from './adding.ts'
import { isUnanswered, type OutboxOwner, outbox } from './outbox.ts'
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

const sendKept = async (one: Waiting, person: string): Promise<Result<unknown, Failure>> => {
  const declared = await declaredOf(one.write).catch(() => undefined)
  // Its code cannot be loaded, or is of another version: it waits.
  if (!declared) return fail({ type: 'unexpected' })
  const { kept } = declared
  if (!kept?.isRepeatable && isOutdated(one)) return fail({ type: 'outdated' })
  const made = one.input as never
  const sent = kept?.asSent
    ? // Under a key, the API takes one body only.
      { input: kept.asSent(made, one.offset ?? 0) as never, key: randomId() }
    : { input: made, key: one.key }
  const reply = await sendWrite(declared, sent.input, { key: sent.key, person })
  // What it was about was there when it was made.
  if (!reply.ok) return kept && reply.problem.type === 'not-found' ? fail({ ...reply.problem, type: 'gone' }) : reply
  const refusal = kept?.refusalIn?.(reply.value as never, made)
  if (refusal) return fail(refusal)
  const done: Done = { write: one.write, reply: reply.value, input: made, person }
  channel?.postMessage(done)
  // What this page shows of it is not what was done: a fault there does not have it sent again.
  await showDone(done).catch(() => undefined)
  return reply
}

/** Shows on this page what was done by it, or by another tab. */
const showDone = async ({ write, reply, input, person }: Done): Promise<void> => {
  if (personOf(currentSession()) !== person) return
  await writeNamed(write)?.onDone?.(queryClient, reply as never, input as never)
}

const box = outbox({
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
  onSessionEnd(() => void box.open(undefined))
  addEventListener('online', box.flush)
  channel?.addEventListener('message', ({ data }: MessageEvent<Done | 'changed'>) => {
    if (data === 'changed') void box.refresh()
    else void showDone(data).catch(() => undefined)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') box.flush()
  })
}

const ownerOf = (person: string): OutboxOwner => ({ person, store: onDevice, others: [inTab] })

const personOf = (session: Session): string | undefined =>
  session.state === 'signed-in' ? session.me.person.id : undefined

/** Opens the outbox of whoever is signed in, for as long as they are. `load` registers the writes of a feature. */
export const useOpenOutbox = (load: (feature: string) => Promise<unknown>): void => {
  const person = personOf(useSession())
  useEffect(() => {
    loadWrites = load
    listen()
    void box.open(person === undefined ? undefined : ownerOf(person))
  }, [load, person])
}

/** What waits on this device of whoever is signed in, oldest first. */
export const useWaiting = (): readonly Waiting[] => useSyncExternalStore(box.subscribe, box.waiting)

/** False for one that lasts as long as the page: the device's store is full or refused. */
export const isKept = (one: Waiting): boolean => box.isKept(one.key)

/** False for one that is on its way for the first time, with a network: it need not be said to wait. */
export const isHeldUp = (one: Waiting): boolean => !box.isFresh(one.key) || !onlineManager.isOnline()

export const { remove: removeWaiting } = box

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Sends one again that was refused. */
export const sendAgain = (one: Waiting): void =>
  void box.sendAgain(one.key, { key: randomId(), keyedAt: instant(serverNow()) })

/** Puts one back that was removed. */
export const putBack = (one: Waiting): void => {
  const person = personOf(currentSession())
  if (person !== undefined) void box.add(ownerOf(person), one)
}

/** The server's time now, and later than that of all that waits, though the device's clock was changed since. */
export const madeNow = (): string =>
  instant(box.waiting().reduce((last, { at }) => Math.max(last, Date.parse(at) + 1), serverNow()))

/** Milliseconds for which sending waits for the device's store: some browsers' never answers. */
const storeTimeout = 1_000

/**
 * Makes a registered write that its feature declares as `kept`: it is kept on the device first, then sent, now or when there
 * is a network, from whatever screen is open. `label` is what it is shown as while it waits, and `shown` what its feature
 * shows of it beside. Resolves to false if the device cannot keep it: it lasts as long as the page.
 */
export const keepWrite = async <Declared extends Write | Upload>(
  declared: DeclaredWrite<Declared>,
  input: InputOf<Declared>,
  label: string,
  shown?: unknown,
): Promise<boolean> => {
  const person = personOf(currentSession())
  const { kept } = declared
  if (person === undefined || !kept)
    throw new Error(`${declared.name} cannot be kept: nobody is signed in, or it is not declared so`)
  const keeping = box.add(
    ownerOf(person),
    {
      ...{ key: randomId(), write: declared.name, input, label, from: here(), at: madeNow() },
      ...{ offset: serverNow() - Date.now(), subject: kept.subjectOf(input) },
      ...(kept.hasText && { hasText: true }),
      ...(shown !== undefined && { shown }),
    },
    !kept.lastCounts ? 'beside' : kept.isRepeatable ? 'instead' : 'instead of untried',
    true,
  )
  await atMost(storeTimeout, keeping)
  box.flush()
  return keeping
}

/**
 * Takes over what an earlier version of the app kept of a person's elsewhere, `how` as the outbox adds. Rejects if the device
 * cannot keep it: it lasts as long as the page, and is to stay where it was.
 */
export const takeOverWrite = async (person: string, one: Waiting, how: Adding): Promise<void> => {
  const isKept = await box.add(ownerOf(person), one, how)
  box.flush()
  if (!isKept) throw new Error(`the outbox cannot keep ${one.write}, which an earlier version of the app left`)
}

type CallEffects<Declared extends Write | Upload> = Parameters<ReturnType<typeof useWrite<Declared>>['send']>[1]

/**
 * A registered write that is kept on the device where it finds no network, and sent from there once there is one: after a
 * reload, from another screen, days later. `isIt` tells which inputs are of the same subject (the same notice, the same
 * child); `label` is what it is shown as while it waits. As useWrite(), and `waiting`: the last one of the subject that
 * waits, or was refused since.
 */
export const useKeptWrite = <Declared extends Write | Upload>(
  declared: DeclaredWrite<Declared>,
  { label, isIt }: { readonly label: string; readonly isIt: (input: InputOf<Declared>) => boolean },
) => {
  const { send, state, failure, reset } = useWrite(declared)
  const own = useWaiting().filter(({ write, input }) => write === declared.name && isIt(input as InputOf<Declared>))
  return {
    send: (input: InputOf<Declared>, effects: CallEffects<Declared> = {}): void => {
      // Noted before it is sent: the answer may be that the session has ended.
      const [of, key] = [box.owner(), keyOfWrite(declared, input)]
      const made = { write: declared.name, input, label, from: here(), at: madeNow() }
      const keep = async (): Promise<void> => {
        if (!of) return
        await box.add(of, { ...made, key: await key })
        reset()
      }
      // Those made before go first.
      if (own.some(({ refused }) => !refused)) void keep().then(box.flush)
      else
        send(input, {
          onDone: (reply, done) => {
            // What was refused before is settled by this one.
            for (const one of own) void box.remove(one.key)
            return effects.onDone?.(reply, done)
          },
          onFailed: (why: Failure, failed) => {
            if (isUnanswered(why) && why.type !== 'unexpected') void keep()
            return effects.onFailed?.(why, failed)
          },
        })
    },
    state,
    failure,
    waiting: own[own.length - 1],
  }
}
