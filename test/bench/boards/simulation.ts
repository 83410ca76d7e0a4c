import { setImmediate as turn } from 'node:timers/promises'
import type { Now } from '../../../lib/local/now.ts'

export type Timer = { readonly at: number; readonly work: () => void; readonly order: number; isOver: boolean }

/**
 * A time that stands still while anything is being done, and then goes to the next timer. What is done takes none of it:
 * requests are answered at the instant at which they are sent, which is what makes counts comparable.
 */
export type Simulation = {
  readonly now: Now
  readonly setTimer: (work: () => void, milliseconds: number) => Timer
  readonly clearTimer: (timer: unknown) => void
  /** Real work, as a request: time waits until it has ended. Gives it back. */
  readonly during: <Value>(work: Promise<Value>) => Promise<Value>
  /** Goes on to an instant, running what is due until then, in its order. Rejects with the first failure of any work. */
  readonly runUntil: (instant: number) => Promise<void>
}

/** Turns of the event loop without any work after which nothing goes on: a chain of promises takes one or two. */
const quietTurns = 5

/**
 * Opens a simulated time that begins at `start`, in milliseconds since 1970.
 * @param alsoWaitFor resolves once what the simulation does not know of has ended, as fetches behind an answer.
 */
export const openSimulation = (start: number, alsoWaitFor: () => Promise<void> = async () => {}): Simulation => {
  let now = start
  let made = 0
  let failure: { readonly error: unknown } | undefined
  const timers: Timer[] = []
  const working = new Set<Promise<unknown>>()

  const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order)
  /** Keeps `timers` in their order, the next one last. */
  const insert = (timer: Timer): void => {
    let [low, high] = [0, timers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(timer, timers[middle] as Timer)) low = middle + 1
      else high = middle
    }
    timers.splice(low, 0, timer)
  }

  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < quietTurns; quiet++) {
      await turn()
      if (working.size === 0) continue
      while (working.size > 0) await Promise.allSettled(working)
      quiet = -1
    }
    await alsoWaitFor()
    if (failure) throw failure.error
  }

  const during: Simulation['during'] = work => {
    const followed: Promise<unknown> = work
      .catch(error => {
        failure ??= { error }
      })
      .finally(() => working.delete(followed))
    working.add(followed)
    return work
  }

  return {
    now: () => now,
    setTimer: (work, milliseconds) => {
      const timer = { at: now + Math.max(0, milliseconds), work, order: made++, isOver: false }
      insert(timer)
      return timer
    },
    clearTimer: timer => {
      // It is left where it is: looking for it would cost more than passing over it.
      if (timer) (timer as Timer).isOver = true
    },
    during,
    runUntil: async instant => {
      await settle()
      for (let next = timers.at(-1); next && next.at <= instant; next = timers.at(-1)) {
        timers.pop()
        if (next.isOver) continue
        now = Math.max(now, next.at)
        next.isOver = true
        next.work()
        await settle()
      }
      now = Math.max(now, instant)
    },
  }
}
