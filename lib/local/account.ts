import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { type Environment, type FunctionSettings, type Outcome, openEnvironment } from './environment.ts'

export type AccountSettings = {
  /** The account's concurrent executions, reserved ones included (AWS Lambda quotas: 1,000 by default). */
  readonly concurrency?: number
  /** Most processes this machine runs at once. Invocations beyond it wait, unlike in the cloud, and are counted. */
  readonly processes?: number
  /** Milliseconds after which an idle environment is ended. */
  readonly idle?: number
  /** Called with each line that a function writes. */
  readonly log: (name: string, line: string) => void
}

/** Counts of a function since the territory started. Durations in milliseconds. */
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

/** The counts of a function that nobody has invoked. */
export const noCounts = (): Counts => ({
  invocations: 0,
  coldStarts: 0,
  throttles: 0,
  errors: 0,
  waited: 0,
  duration: 0,
  initDuration: 0,
})

/** A function that can be invoked. */
export type LocalFunction = {
  readonly name: string
  readonly invoke: (event: unknown) => Promise<Outcome>
  readonly counts: Readonly<Counts>
}

/** What runs an account's functions. */
export type Account = {
  readonly declare: (of: FunctionSettings) => LocalFunction
  readonly close: () => Promise<void>
}

/** An environment that runs now, working or idle. */
type Slot = { readonly of: string; readonly environment: Environment; busy: boolean; timer?: NodeJS.Timeout }
/** An invocation that waits. `resume` gets an idle environment of its function, or undefined if it may start one. */
type Waiting = { readonly of: string; readonly resume: (slot: Slot | undefined) => void }

const throttled: Outcome = {
  ok: false,
  reason: 'throttled',
  errorType: 'TooManyRequestsException',
  errorMessage: 'Rate Exceeded.',
}

/** Runs functions within an account's concurrency; each environment works on one event at a time, as in Lambda. */
export const openAccount = (settings: AccountSettings) => {
  const { concurrency = 1_000, processes = 6 * availableParallelism(), idle = 10 * 60_000, log } = settings
  const declared: FunctionSettings[] = []
  const slots: Slot[] = []
  const queue: Waiting[] = []
  const executions = new Map<string, number>()
  let closed = false

  const end = (slot: Slot): Promise<void> => {
    clearTimeout(slot.timer)
    slots.splice(slots.indexOf(slot), 1)
    return slot.environment.close()
  }

  /** Hands the environment to the invocation that waited longest for its function, or ends it and frees its process. */
  const release = async (slot: Slot): Promise<void> => {
    slot.busy = false
    const usable = slot.environment.usable() && !closed
    const next = queue.find(waiting => waiting.of === slot.of)
    if (usable && next) {
      queue.splice(queue.indexOf(next), 1)
      slot.busy = true
      return next.resume(slot)
    }
    if (usable && queue.length === 0) {
      slot.timer = setTimeout(() => end(slot), idle)
      slot.timer.unref()
      return
    }
    await end(slot)
    queue.shift()?.resume(undefined)
  }

  const start = (of: FunctionSettings): Slot => {
    const slot: Slot = { of: of.name, environment: openEnvironment(of, line => log(of.name, line)), busy: true }
    slots.push(slot)
    return slot
  }

  /**
   * An environment for one event: an idle one of the function, else a new one. If this machine runs its most processes,
   * an idle environment of another function is ended first; if none is idle, the event waits.
   */
  const acquire = async (of: FunctionSettings, counts: Counts): Promise<Slot> => {
    const warm = slots.findLast(one => one.of === of.name && !one.busy && one.environment.usable())
    if (warm) {
      clearTimeout(warm.timer)
      warm.busy = true
      return warm
    }
    if (slots.length < processes) return start(of)
    const spare = slots.find(one => !one.busy)
    if (spare) {
      const ending = end(spare)
      const fresh = start(of)
      await ending
      return fresh
    }
    counts.waited++
    const handedOver = await new Promise<Slot | undefined>(resolve => queue.push({ of: of.name, resume: resolve }))
    return handedOver ?? start(of)
  }

  const isThrottled = (of: FunctionSettings): boolean => {
    if (of.reserved !== undefined) return (executions.get(of.name) ?? 0) >= of.reserved
    const reserved = declared.reduce((sum, one) => sum + (one.reserved ?? 0), 0)
    const unreserved = declared.filter(one => one.reserved === undefined)
    return unreserved.reduce((sum, one) => sum + (executions.get(one.name) ?? 0), 0) >= concurrency - reserved
  }

  const declare = (of: FunctionSettings): LocalFunction => {
    declared.push(of)
    const counts = noCounts()
    const run = async (event: unknown): Promise<Outcome> => {
      const slot = await acquire(of, counts)
      const init = await slot.environment.loaded
      let outcome: Outcome
      if (typeof init !== 'number') outcome = init
      else {
        if (!counted.has(slot.environment)) {
          counted.add(slot.environment)
          counts.coldStarts++
          counts.initDuration += init
        }
        const startedAt = performance.now()
        outcome = await slot.environment.invoke(event, randomUUID())
        counts.duration += performance.now() - startedAt
      }
      if (!outcome.ok) {
        counts.errors++
        const { errorType, errorMessage } = outcome
        if (outcome.reason !== 'error') log(of.name, JSON.stringify({ level: 'ERROR', errorType, errorMessage }))
      }
      await release(slot)
      return outcome
    }
    const invoke = async (event: unknown): Promise<Outcome> => {
      if (closed || isThrottled(of)) {
        counts.throttles++
        return throttled
      }
      counts.invocations++
      executions.set(of.name, (executions.get(of.name) ?? 0) + 1)
      try {
        return await run(event)
      } finally {
        executions.set(of.name, (executions.get(of.name) ?? 1) - 1)
      }
    }
    return { name: of.name, invoke, counts }
  }
  /** Environments whose cold start is counted. */
  const counted = new WeakSet<Environment>()

  return {
    declare,
    /** The number of environments that run now, working or idle. */
    environments: () => slots.length,
    close: async (): Promise<void> => {
      closed = true
      await Promise.all([...slots].map(end))
    },
  }
}
