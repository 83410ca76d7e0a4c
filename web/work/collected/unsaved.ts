import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import type { Result } from '../../../shared/kernel/result.ts'
import type { Failure } from '../../platform/failure.ts'
import { serverNow } from '../../platform/server-time.ts'
import { localStore, safely } from '../../platform/storage.ts'

/** Milliseconds after which what could not be saved is sent again. */
const again = 5_000

/** Something that was made at `at`, and what the API has of it. `savedAt`: the time of what stands there. */
export type Made<Value> = Value & { readonly at: string; readonly savedAt?: string; readonly failure?: Failure }

type Dated = { readonly at: string }

type Saving<Value extends Dated> = {
  /** Where it is kept on the device until it is saved. */
  readonly key: string
  readonly schema: z.ZodMiniType<Value>
  /** Milliseconds without a change after which it is saved. */
  readonly pause: number
  /** Saves it under its name. Answers what stands, which may have been made later on another device. */
  readonly send: (name: string, made: Value) => Promise<Result<Value, Failure>>
}

/** True if the API has what was made. */
export const isSaved = ({ at, savedAt }: Made<Dated>): boolean => savedAt !== undefined && savedAt >= at

/**
 * What a teacher makes of hand-ins, each under a name: that of the pupil who is on the screen when it is made. It is sent under
 * that name and the time of making it, so that replies may come in any order. What is not saved is kept on the device.
 */
export const openUnsaved = <Value extends Dated>({ key, schema, pause, send }: Saving<Value>) => {
  const stored = z.safeParse(
    z.record(z.string(), schema),
    safely(() => JSON.parse(localStore.getItem(key) ?? '{}')),
  )
  let all: ReadonlyMap<string, Made<Value>> = new Map(Object.entries(stored.success ? stored.data : {}))
  const listeners = new Set<() => void>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const sending = new Set<string>()
  let lastAt = 0

  const put = (name: string, made: Made<Value>): void => {
    all = new Map(all).set(name, made)
    const unsaved = [...all].filter(([, one]) => !isSaved(one))
    safely(() =>
      unsaved.length === 0
        ? localStore.removeItem(key)
        : localStore.setItem(key, JSON.stringify(Object.fromEntries(unsaved))),
    )
    for (const listener of listeners) listener()
  }

  const save = async (name: string): Promise<void> => {
    clearTimeout(timers.get(name))
    const made = all.get(name)
    if (!made || isSaved(made) || sending.has(name)) return
    sending.add(name)
    const reply = await send(name, made)
    sending.delete(name)
    const now = all.get(name) ?? made
    if (reply.ok) {
      const { failure: _, ...rest } = now
      const savedAt = reply.value.at
      // What stands may have been made later, on another device: then it is shown, unless one went on here.
      put(name, { ...(now.at === made.at ? reply.value : (rest as Made<Value>)), savedAt })
    } else put(name, { ...now, failure: reply.problem })
    if (!isSaved(all.get(name) ?? now)) later(name, reply.ok ? pause : again)
  }

  const later = (name: string, wait: number): void => {
    clearTimeout(timers.get(name))
    timers.set(
      name,
      setTimeout(() => void save(name), wait),
    )
  }

  for (const name of all.keys()) later(name, 0)

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current: (): ReadonlyMap<string, Made<Value>> => all,
    /** Takes what was made; `at` is its time. */
    make: (name: string, making: (at: string, before: Made<Value> | undefined) => Value): void => {
      // Of two keys within a millisecond the second is the later one.
      lastAt = Math.max(serverNow(), lastAt + 1)
      const before = all.get(name)
      const savedAt = before?.savedAt
      put(name, { ...making(new Date(lastAt).toISOString(), before), ...(savedAt !== undefined && { savedAt }) })
      later(name, pause)
    },
    /** Saves at once what was made under names: another pupil comes on the screen. */
    leave: (isLeft: (name: string) => boolean): void => {
      for (const name of all.keys()) if (isLeft(name)) void save(name)
    },
  }
}

/** Opens it once for each person and assignment: it goes on being saved whatever screen is open. */
export const openedOnce = <Opened>(open: (person: string, piece: string) => Opened) => {
  const opened = new Map<string, Opened>()
  return (person: string, piece: string): Opened => {
    const key = `${person} ${piece}`
    const known = opened.get(key) ?? open(person, piece)
    opened.set(key, known)
    return known
  }
}

/** What was made, as it is now. */
export const useMade = <Value extends Dated>(
  of: Pick<ReturnType<typeof openUnsaved<Value>>, 'subscribe' | 'current'>,
): ReadonlyMap<string, Made<Value>> => useSyncExternalStore(of.subscribe, of.current)
