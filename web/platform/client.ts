import * as z from 'zod/mini'
import { personHeader } from '../../shared/kernel/idempotency.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Route } from '../../shared/kernel/route.ts'
import { endsSession, type Failure, failureOf } from './failure.ts'
import { type AnyInput, addressOf, type InputOf, type ReplyOf } from './request.ts'
import { waitBeforeRetry } from './retry.ts'

/** Milliseconds: a little more than API Gateway's own limit of 30 s. */
const timeout = 31_000

export type CallOptions = {
  /** A write's Idempotency-Key (16 to 64 characters): the same when the write is sent again. */
  readonly key?: string
  /** Of a write, by whom it is to be done: it is refused where another tab has signed in somebody else. */
  readonly person?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** False for polling, which need not be retried: the next poll follows. */
  readonly retry?: boolean
  /** The request outlives the page: for what is sent as the page is left. */
  readonly keepalive?: boolean
}

/** The network and the clock, which tests replace. */
export type Network = {
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>
  readonly wait: (milliseconds: number) => Promise<void>
  readonly random: () => number
  readonly now: () => number
}

/** What the client needs of the session. */
export type Sessions = {
  /** True if somebody is signed in, as far as this device knows. */
  readonly open: () => boolean
  /** True if the token is known to have ended: it is renewed before the request. */
  readonly stale: () => boolean
  /** Renews the session unless that happened since `sentAt`. */
  readonly renew: (sentAt: number) => Promise<Result<undefined, Failure>>
  /** Called when the session turns out to have ended. */
  readonly ended: (why: Failure) => void
  /** Called when the API answered somebody signed in. */
  readonly answered: () => void
}

type Replied = { readonly value: unknown }

/** Sends a request once. */
const sendOnce = async (
  network: Network,
  route: Route,
  input: AnyInput,
  options: CallOptions,
): Promise<Result<Replied, Failure>> => {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), timeout)
  const giveUp = () => abort.abort()
  options.signal?.addEventListener('abort', giveUp)
  try {
    const response = await network.fetch(addressOf(route, input), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(input.body !== undefined && { 'content-type': 'application/json' }),
        ...(options.key && { 'idempotency-key': options.key }),
        ...(options.person && { [personHeader]: options.person }),
      },
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
      ...(options.keepalive && { keepalive: true }),
      signal: abort.signal,
    })
    if (!response.ok) return fail(await failureOf(response, route.problems))
    if (!route.reply || response.status === 204) return ok({ value: undefined })
    const parsed = z.safeParse(route.reply, await response.json())
    return parsed.success ? ok({ value: parsed.data }) : fail({ type: 'unexpected' })
  } catch (error) {
    if (options.signal?.aborted) throw error
    return fail({ type: 'unreachable' })
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', giveUp)
  }
}

/** Sends a request, and retries it as retry.ts says. Throws only if `options.signal` was aborted. */
export const send = async <Declared extends Route>(
  network: Network,
  route: Declared,
  input: InputOf<Declared>,
  options: CallOptions = {},
): Promise<Result<{ value: ReplyOf<Declared> }, Failure>> => {
  for (let sent = 1; ; sent++) {
    if (options.signal?.aborted) throw new DOMException('given up', 'AbortError')
    const replied = await sendOnce(network, route, input as AnyInput, options)
    // sendOnce() parsed the reply with the route's schema.
    if (replied.ok) return replied as Result<{ value: ReplyOf<Declared> }, Failure>
    const wait = options.retry === false ? undefined : waitBeforeRetry(replied.problem, sent, network.random)
    if (wait === undefined) return replied
    await network.wait(wait)
  }
}

/** Calls a route and gives its reply, or why there is none. */
export type Call = <Declared extends Route>(
  route: Declared,
  input: InputOf<Declared>,
  options?: CallOptions,
) => Promise<Result<ReplyOf<Declared>, Failure>>

/**
 * Milliseconds before a token that was renewed just now is renewed again: a loss of access refuses those of its own second
 * and of the next (functions/platform/loss.ts), also where something was left to the person.
 */
const secondsOfLoss = 2_000

/** Whether a refusal may end by a renewal, after so many: a signing key that was retired reads as signed out, once. */
const mayRenew = ({ type }: Failure, renewals: number): boolean =>
  (type === 'session-stale' && renewals < 2) || (type === 'signed-out' && renewals === 0)

/**
 * Sends what only somebody signed in may ask. A session that turns out to be stale is renewed, twice at most, and `attempt`
 * repeated; if the session has ended, `sessions.ended()` is called. `ahead`: a token that is known to have ended is
 * renewed before the first attempt.
 */
export const authorized = async <Value>(
  network: Network,
  sessions: Sessions,
  attempt: () => Promise<Result<Value, Failure>>,
  { ahead }: { readonly ahead: boolean },
): Promise<Result<Value, Failure>> => {
  if (!sessions.open()) return attempt()
  const renew = async (sentAt: number): Promise<Result<undefined, Failure>> => {
    const renewed = await sessions.renew(sentAt)
    if (!renewed.ok && endsSession(renewed.problem)) sessions.ended(renewed.problem)
    return renewed
  }
  if (ahead && sessions.stale()) {
    const renewed = await renew(network.now())
    if (!renewed.ok) return renewed
  }
  let sentAt = network.now()
  let replied = await attempt()
  for (let renewals = 0; !replied.ok && mayRenew(replied.problem, renewals); renewals++) {
    if (renewals > 0) await network.wait(secondsOfLoss)
    const renewed = await renew(sentAt)
    if (!renewed.ok) return renewed
    sentAt = network.now()
    replied = await attempt()
  }
  if (replied.ok) sessions.answered()
  // An account suspended is said by sign-in and renewal alone; elsewhere it is a route's own problem.
  if (!replied.ok && endsSession(replied.problem) && replied.problem.type !== 'account-suspended')
    sessions.ended(replied.problem)
  return replied
}

/** The API client. A write that is repeated after a renewal keeps its Idempotency-Key. */
export const client =
  (network: Network, sessions: Sessions): Call =>
  async (route, input, options) => {
    const attempt = () => send(network, route, input, options)
    const replied =
      route.callers === 'anyone' ? await attempt() : await authorized(network, sessions, attempt, { ahead: true })
    return replied.ok ? ok(replied.value.value) : replied
  }
