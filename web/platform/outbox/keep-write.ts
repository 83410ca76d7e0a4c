import { onlineManager } from '@tanstack/react-query'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { Upload, Write } from '../../../shared/kernel/route.ts'
import { currentSession } from '../api.ts'
import { atMost } from '../at-most.ts'
import { files } from '../device-files/device-files.ts'
import type { Failure } from '../failure.ts'
import { here } from '../navigation.ts'
import type { InputOf } from '../request.ts'
import { serverNow } from '../server-time.ts'
import { type DeclaredWrite, keyOfWrite, useWrite } from '../write.ts'
import type { Adding } from './adding.ts'
import { awaited, deviceBox, instant, ownerOf, personOf, useWaiting } from './device-outbox.ts'
import { isUnanswered, storeTimeout } from './outbox.ts'
import type { Waiting } from './waiting.ts'

/** The server's time now, and later than that of all that waits, though the device's clock was changed since. */
export const madeNow = (): string =>
  instant(deviceBox.waiting().reduce((last, { at }) => Math.max(last, Date.parse(at) + 1), serverNow()))

/** Milliseconds for which a form waits to be told that what the device cannot keep was sent. */
const sendTimeout = 3_000

/**
 * Makes a registered write that its feature declares as `kept`: it is kept on the device first, then sent, now or when there
 * is a network, from whatever screen is open. `label` is what it is shown as while it waits, `shown` what its feature shows of
 * it beside, and `named` the files of this device that its input names. Resolves, within four seconds, to true once it is stored or the API has done it, so that its form can
 * be closed; else to false: it lasts as long as the page, and what its form holds is to stay.
 */
export const keepWrite = async <Declared extends Write | Upload>(
  declared: DeclaredWrite<Declared>,
  input: InputOf<Declared>,
  label: string,
  { shown, named = [] }: { readonly shown?: unknown; readonly named?: readonly string[] } = {},
): Promise<boolean> => {
  const person = personOf(currentSession())
  const { kept } = declared
  if (person === undefined || !kept)
    throw new Error(`${declared.name} cannot be kept: nobody is signed in, or it is not declared so`)
  const key = randomId()
  let isSafe = false
  const sent = new Promise<void>(resolve => awaited.set(key, resolve))
  const keeping = deviceBox.add(
    ownerOf(person),
    {
      ...{ key, write: declared.name, input, label, from: here(), at: madeNow() },
      ...{ offset: serverNow() - Date.now(), subject: kept.subjectOf(input) },
      ...(kept.hasText && { hasText: true }),
      ...(kept.isQuiet && { isQuiet: true }),
      ...(shown !== undefined && { shown }),
      ...(named.length > 0 && { files: named }),
    },
    !kept.lastCounts ? 'beside' : kept.isRepeatable ? 'instead' : 'instead of untried',
    true,
  )
  if (named.length > 0) void keeping.then(isKept => isKept && files.take(named))
  await atMost(storeTimeout, keeping)
  deviceBox.flush()
  const safe = Promise.race([sent, keeping.then(isKept => (isKept ? undefined : sent))])
  await atMost(
    onlineManager.isOnline() ? sendTimeout : 0,
    safe.then(() => {
      isSafe = true
    }),
  )
  awaited.delete(key)
  return isSafe
}

/**
 * Takes over what an earlier version of the app kept of a person's elsewhere, `how` as the outbox adds. Rejects if the device
 * cannot keep it: it lasts as long as the page, and is to stay where it was.
 */
export const takeOverWrite = async (person: string, one: Waiting, how: Adding): Promise<void> => {
  const isKept = await deviceBox.add(ownerOf(person), one, how)
  deviceBox.flush()
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
      const [of, key] = [deviceBox.owner(), keyOfWrite(declared, input)]
      const made = { write: declared.name, input, label, from: here(), at: madeNow() }
      const keep = async (): Promise<void> => {
        if (!of) return
        await atMost(storeTimeout, deviceBox.add(of, { ...made, key: await key }))
        reset()
      }
      // Those made before go first.
      if (own.some(({ refused }) => !refused)) void keep().then(deviceBox.flush)
      else
        send(input, {
          onDone: (reply, done) => {
            // What was refused before is settled by this one.
            for (const one of own) void deviceBox.remove(one.key)
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
