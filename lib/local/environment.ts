import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { startChildProcess, waitForExit } from './child-process.ts'

const runtime = fileURLToPath(new URL('./runtime.ts', import.meta.url))

/** Milliseconds a bundle may take to load (AWS Lambda Developer Guide, "Init phase"). */
const initTimeoutMs = 10_000
/** Milliseconds a process may take to exit once its channel is closed. */
const exitTimeoutMs = 1_000

/** A function's properties in the template, resolved. */
export type FunctionSettings = {
  readonly name: string
  /** The folder of its code. */
  readonly code: string
  /** `index.handler` */
  readonly handler: string
  readonly variables: Readonly<Record<string, string>>
  /** MB. */
  readonly memory: number
  /** Milliseconds. */
  readonly timeout: number
  /** Reserved concurrency. */
  readonly reserved?: number | undefined
}

export type Failure = {
  readonly ok: false
  readonly reason: 'error' | 'timeout' | 'crash' | 'throttled'
  readonly errorType: string
  readonly errorMessage: string
}
/** The result of an invocation. */
export type Outcome = { readonly ok: true; readonly payload: unknown } | Failure

type Message = {
  readonly ready?: number
  readonly payload?: unknown
  readonly error?: { readonly errorType: string; readonly errorMessage: string }
}

/** One execution environment: a process that holds the loaded bundle and works on one event at a time. */
export type Environment = {
  /** Milliseconds the bundle took to load, or why it could not. */
  readonly loaded: Promise<number | Failure>
  readonly invoke: (event: unknown, requestId: string) => Promise<Outcome>
  /** Whether it can take another event. */
  readonly usable: () => boolean
  /** Ends it; resolves when its process has exited. */
  readonly close: () => Promise<void>
}

const lines = (stream: Readable | null, log: (line: string) => void): void => {
  if (stream) createInterface({ input: stream }).on('line', log)
}

/** Starts an environment. `log` is called with each line that the function writes. */
export const openEnvironment = (settings: FunctionSettings, log: (line: string) => void): Environment => {
  const { name, code, handler, variables, memory, timeout } = settings
  const env = {
    ...variables,
    PATH: process.env.PATH,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: code,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  }
  // The rest of the function's memory is for what Node needs beside the heap.
  const heap = `--max-old-space-size=${Math.floor(memory * 0.9)}`
  const spawning = { cwd: code, output: ['pipe', 'pipe'], messages: true } as const
  const child = startChildProcess(process.execPath, [heap, runtime], env, spawning)
  lines(child.stdout, log)
  lines(child.stderr, log)
  let alive = true
  let pending: ((outcome: Message | Failure) => void) | undefined
  const resolvePending = (outcome: Message | Failure): void => {
    const resolve = pending
    pending = undefined
    resolve?.(outcome)
  }
  const kill = (reason: Failure['reason'], errorType: string, errorMessage: string): Failure => {
    alive = false
    child.kill('SIGKILL')
    return { ok: false, reason, errorType, errorMessage }
  }
  child.on('message', message => resolvePending(message as Message))
  child.once('error', error => resolvePending(kill('crash', 'Runtime.ExitError', error.message)))
  child.once('exit', (status, signal) => {
    const how = signal ? `signal ${signal}` : `exit status ${status}`
    resolvePending(kill('crash', 'Runtime.ExitError', `the runtime of ${name} ended with ${how}`))
  })

  const nextMessage = async (timeoutMs: number, onTimeout: () => Failure): Promise<Message | Failure> => {
    const { promise, resolve } = Promise.withResolvers<Message | Failure>()
    pending = resolve
    const timer = setTimeout(() => resolvePending(onTimeout()), timeoutMs)
    const outcome = await promise
    clearTimeout(timer)
    return outcome
  }

  const load = async (): Promise<number | Failure> => {
    const outcome = await nextMessage(initTimeoutMs, () =>
      kill('timeout', 'Sandbox.Timedout', `${name} did not load in ${initTimeoutMs} ms`),
    )
    if ('ok' in outcome) return outcome
    if (outcome.ready !== undefined) return outcome.ready
    return kill('error', outcome.error?.errorType ?? 'Error', outcome.error?.errorMessage ?? '')
  }
  const loaded = load()

  const invoke = async (event: unknown, requestId: string): Promise<Outcome> => {
    const reply = nextMessage(timeout, () =>
      kill('timeout', 'Sandbox.Timedout', `${name} timed out after ${timeout / 1000} seconds`),
    )
    if (child.connected) child.send({ event, requestId, deadline: Date.now() + timeout }, () => {})
    const outcome = await reply
    if ('ok' in outcome) return outcome
    if (outcome.error) return { ok: false, reason: 'error', ...outcome.error }
    return { ok: true, payload: outcome.payload }
  }

  const close = async (): Promise<void> => {
    alive = false
    if (child.connected) child.disconnect()
    await waitForExit(child, exitTimeoutMs)
  }

  return { loaded, invoke, usable: () => alive, close }
}
