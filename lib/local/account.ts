import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { type Environment, type FunctionSettings, type Outcome, openEnvironment } from './environment.ts'

export type AccountSettings = {
  /** Environments of the account, working or kept for a function (AWS Lambda quotas: 1,000 by default). */
  readonly concurrency?: number
  /** Processes this machine runs at a time: what is beyond waits, as it would not in the cloud, and is counted. */
  readonly processes?: number
  /** Milliseconds after which an idle environment is ended. */
  readonly idle?: number
  /** Gets each line that a function writes. */
  readonly log: (name: string, line: string) => void
}

/** What happened to a function since the start. Durations in milliseconds. */
export type Counts = {
  invocations: number
  coldStarts: number
  throttles: number
  errors: number
  /** Invocations that waited for a free process of this machine. */
  waited: number
  duration: number
  initDuration: number
}

/** A function that can be invoked. */
export type LocalFunction = {
  readonly name: string
  readonly invoke: (event: unknown) => Promise<Outcome>
  readonly counts: Readonly<Counts>
}

type Held = { readonly of: string; readonly environment: Environment; busy: boolean; timer?: NodeJS.Timeout }
type Waiting = { readonly of: string; readonly go: (held: Held | undefined) => void }

const throttled: Outcome = {
  ok: false,
  reason: 'throttled',
  errorType: 'TooManyRequestsException',
  errorMessage: 'Rate Exceeded.',
}

/** Runs functions within an account's concurrency, each environment one event at a time. */
export const openAccount = (settings: AccountSettings) => {
  const { concurrency = 1_000, processes = 6 * availableParallelism(), idle = 10 * 60_000, log } = settings
  const declared: FunctionSettings[] = []
  const held: Held[] = []
  const queue: Waiting[] = []
  const working = new Map<string, number>()
  let closed = false

  const drop = (one: Held): Promise<void> => {
    clearTimeout(one.timer)
    held.splice(held.indexOf(one), 1)
    return one.environment.close()
  }

  /** Gives a free environment, or the place of one, to whoever waited longest for it. */
  const release = async (one: Held): Promise<void> => {
    one.busy = false
    const usable = one.environment.usable() && !closed
    const next = queue.find(waiting => waiting.of === one.of)
    if (usable && next) {
      queue.splice(queue.indexOf(next), 1)
      one.busy = true
      return next.go(one)
    }
    if (usable && queue.length === 0) {
      one.timer = setTimeout(() => drop(one), idle)
      one.timer.unref()
      return
    }
    await drop(one)
    queue.shift()?.go(undefined)
  }

  const start = (of: FunctionSettings): Held => {
    const one: Held = { of: of.name, environment: openEnvironment(of, line => log(of.name, line)), busy: true }
    held.push(one)
    return one
  }

  /** An environment for one event: an idle one, else a new one, in the place of another function's idle one if need be. */
  const place = async (of: FunctionSettings, counts: Counts): Promise<Held> => {
    const warm = held.findLast(one => one.of === of.name && !one.busy && one.environment.usable())
    if (warm) {
      clearTimeout(warm.timer)
      warm.busy = true
      return warm
    }
    if (held.length < processes) return start(of)
    const spare = held.find(one => !one.busy)
    if (spare) {
      const ending = drop(spare)
      const fresh = start(of)
      await ending
      return fresh
    }
    counts.waited++
    const given = await new Promise<Held | undefined>(resolve => queue.push({ of: of.name, go: resolve }))
    return given ?? start(of)
  }

  const isFull = (of: FunctionSettings): boolean => {
    const own = working.get(of.name) ?? 0
    if (of.reserved !== undefined) return own >= of.reserved
    const kept = declared.reduce((sum, one) => sum + (one.reserved ?? 0), 0)
    const shared = declared.filter(one => one.reserved === undefined)
    return shared.reduce((sum, one) => sum + (working.get(one.name) ?? 0), 0) >= concurrency - kept
  }

  const declare = (of: FunctionSettings): LocalFunction => {
    declared.push(of)
    const counts: Counts = {
      ...{ invocations: 0, coldStarts: 0, throttles: 0, errors: 0, waited: 0, duration: 0, initDuration: 0 },
    }
    const run = async (event: unknown): Promise<Outcome> => {
      const one = await place(of, counts)
      const init = await one.environment.loaded
      let outcome: Outcome
      if (typeof init !== 'number') outcome = init
      else {
        if (!seen.has(one.environment)) {
          seen.add(one.environment)
          counts.coldStarts++
          counts.initDuration += init
        }
        const began = performance.now()
        outcome = await one.environment.invoke(event, randomUUID())
        counts.duration += performance.now() - began
      }
      if (!outcome.ok) {
        counts.errors++
        const { errorType, errorMessage } = outcome
        if (outcome.reason !== 'error') log(of.name, JSON.stringify({ level: 'ERROR', errorType, errorMessage }))
      }
      await release(one)
      return outcome
    }
    const invoke = async (event: unknown): Promise<Outcome> => {
      if (closed || isFull(of)) {
        counts.throttles++
        return throttled
      }
      counts.invocations++
      working.set(of.name, (working.get(of.name) ?? 0) + 1)
      try {
        return await run(event)
      } finally {
        working.set(of.name, (working.get(of.name) ?? 1) - 1)
      }
    }
    return { name: of.name, invoke, counts }
  }
  const seen = new WeakSet<Environment>()

  return {
    declare,
    /** Environments there are now, working or idle. */
    environments: () => held.length,
    close: async (): Promise<void> => {
      closed = true
      await Promise.all([...held].map(drop))
    },
  }
}
