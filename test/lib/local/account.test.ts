import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { type AccountSettings, openAccount } from '../../../lib/local/account.ts'
import type { FunctionSettings } from '../../../lib/local/environment.ts'
import { isRunning } from '../../support/region-process.ts'
import { bundleOf } from './bundle.ts'

const opened: { account: ReturnType<typeof openAccount>; folders: string[] }[] = []
const lines: string[] = []

const accountOf = (settings: FunctionSettings[], more: Partial<AccountSettings> = {}) => {
  const account = openAccount({ log: (_, line) => lines.push(line), ...more })
  opened.push({ account, folders: settings.map(one => one.code) })
  return { account, functions: settings.map(account.declare) }
}

afterEach(async () => {
  for (const { account, folders } of opened.splice(0)) {
    await account.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
  lines.length = 0
})

/** The source of a function that returns its process, its variables and its highest number of concurrent events. */
const busy = `
let now = 0, most = 0, calls = 0
export const handler = async ({ ms = 0 }) => {
  most = Math.max(most, ++now); calls++
  await new Promise(resolve => setTimeout(resolve, ms))
  now--
  return { pid: process.pid, most, calls, variable: process.env.VARIABLE, name: process.env.AWS_LAMBDA_FUNCTION_NAME }
}`

type Answered = { pid: number; most: number; calls: number; variable?: string; name?: string }
const payloads = (outcomes: readonly unknown[]) => outcomes.map(one => (one as { payload: Answered }).payload)

describe('openAccount', () => {
  it('invoke() gives an environment one event at a time, starts as many as needed, and reuses them', async () => {
    const { account, functions } = accountOf([bundleOf(busy, { variables: { VARIABLE: 'set' } })])
    const [fn] = functions
    const first = payloads(await Promise.all([1, 2, 3].map(() => fn?.invoke({ ms: 600 }))))
    expect(new Set(first.map(one => one.pid)).size).toBe(3)
    expect(first[0]).toMatchObject({ variable: 'set', name: 'one', most: 1 })
    const again = payloads(await Promise.all([1, 2, 3].map(() => fn?.invoke({ ms: 50 }))))
    expect(new Set(again.map(one => one.pid))).toEqual(new Set(first.map(one => one.pid)))
    expect(again.every(one => one.most === 1 && one.calls === 2)).toBe(true)
    expect(fn?.counts).toMatchObject({ invocations: 6, coldStarts: 3, throttles: 0, errors: 0 })
    expect(fn?.counts.initDuration).toBeGreaterThan(0)
    expect(account.environments()).toBe(3)
  })

  it("invoke() throttles beyond the function's reserved concurrency, and beyond the account's unreserved one", async () => {
    const reserved = bundleOf(busy, { name: 'reserved', reserved: 1 })
    const unreserved = bundleOf(busy, { name: 'unreserved' })
    const { functions } = accountOf([reserved, unreserved], { concurrency: 3 })
    const invocations = functions.flatMap(fn => [1, 2, 3].map(() => fn.invoke({ ms: 300 })))
    const outcomes = await Promise.all(invocations)
    expect(outcomes.map(one => one.ok)).toEqual([true, false, false, true, true, false])
    expect(outcomes[1]).toMatchObject({ reason: 'throttled', errorType: 'TooManyRequestsException' })
    expect(functions.map(fn => fn.counts.throttles)).toEqual([2, 1])
    expect((await functions[0]?.invoke({}))?.ok).toBe(true)
  })

  it('invoke() waits when this machine runs its most processes, and counts it', async () => {
    const { account, functions } = accountOf([bundleOf(busy), bundleOf(busy, { name: 'two' })], { processes: 1 })
    const [one, two] = functions
    const outcomes = await Promise.all([one?.invoke({ ms: 100 }), one?.invoke({}), two?.invoke({})])
    expect(outcomes.every(outcome => outcome?.ok)).toBe(true)
    expect(one?.counts.waited).toBe(1)
    expect(two?.counts.waited).toBe(1)
    expect(account.environments()).toBe(1)
  })

  it('invoke() replaces an environment that crashed', async () => {
    const crashing = bundleOf(`let calls = 0
      export const handler = async ({ crash }) => { if (crash) process.exit(3); return { calls: ++calls } }`)
    const [fn] = accountOf([crashing]).functions
    expect(await fn?.invoke({})).toEqual({ ok: true, payload: { calls: 1 } })
    expect(await fn?.invoke({ crash: true })).toMatchObject({
      ok: false,
      reason: 'crash',
      errorType: 'Runtime.ExitError',
    })
    expect(await fn?.invoke({})).toEqual({ ok: true, payload: { calls: 1 } })
    expect(fn?.counts).toMatchObject({ coldStarts: 2, errors: 1 })
  })

  it('invoke() ends a function that exceeds its timeout, even one that blocks its event loop', async () => {
    const endless = bundleOf('export const handler = async ({ loop }) => { while (loop); return 1 }', {
      timeout: 1_000,
    })
    const [fn] = accountOf([endless]).functions
    expect(await fn?.invoke({ loop: true })).toMatchObject({ ok: false, reason: 'timeout' })
    expect(await fn?.invoke({})).toEqual({ ok: true, payload: 1 })
  })

  it('invoke() returns the error that a function threw, logs it, and keeps the environment', async () => {
    const throwing = bundleOf(`let calls = 0
      export const handler = async () => { calls++; throw new RangeError('no ' + calls) }`)
    const [fn] = accountOf([throwing]).functions
    expect(await fn?.invoke({})).toMatchObject({ reason: 'error', errorType: 'RangeError', errorMessage: 'no 1' })
    expect(await fn?.invoke({})).toMatchObject({ errorMessage: 'no 2' })
    expect(lines.some(line => JSON.parse(line).errorType === 'RangeError')).toBe(true)
  })

  it('invoke() fails with the error of a bundle that could not be loaded', async () => {
    const [fn] = accountOf([bundleOf('throw new Error("lacks TABLE_NAME")')]).functions
    expect(await fn?.invoke({})).toMatchObject({ ok: false, errorMessage: 'lacks TABLE_NAME' })
    expect(fn?.counts).toMatchObject({ coldStarts: 0, errors: 1 })
  })

  it('openAccount() ends environments after their idle time', async () => {
    const { account, functions } = accountOf([bundleOf(busy)], { idle: 50 })
    const [answered] = payloads([await functions[0]?.invoke({})])
    expect(account.environments()).toBe(1)
    await expect.poll(() => account.environments()).toBe(0)
    await expect.poll(() => isRunning(answered?.pid ?? 0)).toBe(false)
  })
})
