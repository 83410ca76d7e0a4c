import { useEffect, useSyncExternalStore } from 'react'
import type { Upload, Write } from '../../../shared/kernel/route.ts'
import { onSessionEnd, useSession } from '../api.ts'
import { queryClient } from '../content.ts'
import { database } from '../database.ts'
import type { Failure } from '../failure.ts'
import { here } from '../navigation.ts'
import type { InputOf } from '../request.ts'
import { serverDate } from '../server-time.ts'
import { sessionStore } from '../storage.ts'
import { type DeclaredWrite, keyOfWrite, sendWrite, useWrite, writeNamed } from '../write.ts'
import { isUnanswered, outbox } from './outbox.ts'
import { outboxInDatabase, outboxInStorage, type Waiting } from './waiting.ts'

/** Wires the outbox of this device to the browser. Its logic is in outbox.ts. */

const [onOwnDevice, onSharedDevice] = [outboxInDatabase(database), outboxInStorage(sessionStore)]

/** Loads and registers the writes of the feature of this name. */
let loadWrites: (feature: string) => Promise<unknown> = async () => undefined

const declaredOf = async (name: string): Promise<DeclaredWrite | undefined> => {
  if (!writeNamed(name)) await loadWrites(name.slice(0, name.indexOf('.')))
  return writeNamed(name)
}

const box = outbox({
  send: async ({ write, input, key }, person) => {
    const declared = await declaredOf(write).catch(() => undefined)
    // Its code cannot be loaded, or is of another version: it waits.
    if (!declared) return { ok: false, problem: { type: 'unreachable' } }
    const reply = await sendWrite(declared, input as never, { key, person })
    // What this page shows of it is not what was done: a fault there does not have it sent again.
    if (reply.ok)
      await Promise.resolve(declared.onDone?.(queryClient, reply.value as never, input as never)).catch(() => undefined)
    return reply
  },
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
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') box.flush()
  })
}

/** Opens the outbox of whoever is signed in, for as long as they are. `load` registers the writes of a feature. */
export const useOpenOutbox = (load: (feature: string) => Promise<unknown>): void => {
  const session = useSession()
  const person = session.state === 'signed-in' && !session.isReader ? session.me.person.id : undefined
  const isPersonal = session.state === 'signed-in' && session.personal
  useEffect(() => {
    loadWrites = load
    listen()
    if (person === undefined) void box.open(undefined)
    // A session of before may have been of the other kind.
    else if (isPersonal) void box.open({ person, store: onOwnDevice, others: [onSharedDevice] })
    else void box.open({ person, store: onSharedDevice, others: [onOwnDevice] })
  }, [load, person, isPersonal])
}

/** What waits on this device of whoever is signed in, oldest first. */
export const useWaiting = (): readonly Waiting[] => useSyncExternalStore(box.subscribe, box.waiting)

/** False for one that lasts as long as the page: the device's store is full or refused. */
export const isKept = (one: Waiting): boolean => box.isKept(one.key)

export const { remove: removeWaiting } = box

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
      const made = { write: declared.name, input, label, from: here(), at: serverDate().toISOString() }
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
