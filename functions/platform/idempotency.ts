import { createHash } from 'node:crypto'
import { after, epochSeconds } from '../../shared/kernel/dates.ts'
import { answerLifetime } from '../../shared/kernel/idempotency.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { isWriting, needsKey, type Route } from '../../shared/kernel/route.ts'
import type { Access, requestAccess } from './access.ts'
import { bodyText, type Event, header, type Reply } from './http.ts'
import { type Attempt, type Incoming, type Replying, refuse, type Step } from './incoming.ts'
import { check, put } from './operation.ts'
import { platformPatterns } from './patterns.ts'
import type { Platform } from './platform.ts'
import type { AnswerOf, Commit } from './request.ts'
import type { OperationOf } from './table.ts'
import type { Caller } from './token.ts'

/** The client's Idempotency-Key; undefined if it is missing or not of 16 to 64 letters, digits, - and _. */
export const idempotencyKey = (event: Event): string | undefined => {
  const key = header(event, 'idempotency-key')
  return key !== undefined && /^[A-Za-z0-9_-]{16,64}$/.test(key) ? key : undefined
}

/**
 * SHA-256 of the request. A body with a password is left out, since a fast hash of it could be attacked by guessing: of
 * such a route the implementation proves itself that a repeat has the same body.
 */
export const requestHash = (route: Pick<Route, 'method'> & { secretBody?: true }, event: Event): string =>
  createHash('sha256')
    .update(JSON.stringify([route.method, event.rawPath, route.secretBody ? '' : bodyText(event)]))
    .digest('base64url')

/** The stored answer of a write, if it was made before; fails if the key was used for another request. */
export const firstAnswer = async (
  { requests }: Pick<Platform, 'requests'>,
  { caller, key, request }: Attempt,
): Promise<Result<{ reply: unknown; remembered: boolean } | undefined>> => {
  const answer = await requests.get(platformPatterns.answer, { person: caller.person, key }, { consistent: true })
  if (!answer) return ok(undefined)
  if (answer.request !== request) return fail(problem('idempotency-key-reused'))
  return ok({ reply: answer.reply, remembered: 'reply' in answer })
}

/** The conditions that prove a caller: the session is there, and the person's access is the token's. */
const proofsOf = ({ person, session, access }: Caller, now: Date) => ({
  access: check('access', platformPatterns.callerAccess, { person }, { is: { access, status: 'active' } }),
  session: check(
    'session',
    platformPatterns.callerSession,
    { person, session },
    { above: { expiresAt: epochSeconds(now) } },
  ),
})

const refusedCaller = (refused: readonly string[]) => {
  if (refused.includes('session')) return problem('session-ended')
  if (refused.includes('access')) return problem('session-stale')
  return refused.includes('frozen') ? problem('publishing-frozen') : undefined
}

/** Refuses an account whose publishing is frozen. The transaction requires the same again. */
export const proveNotFrozen = async (
  { requests }: Pick<Platform, 'requests'>,
  { person }: Caller,
): Promise<Result<undefined>> => {
  const frozen = await requests.get(platformPatterns.freeze, { person }, { consistent: true })
  return frozen ? fail(problem('publishing-frozen')) : ok(undefined)
}

/**
 * Proves the caller of a repeat, as the transaction of the first request did: what a session may not write any more, it
 * is not answered again either.
 */
export const proveCaller = async (
  { requests, now }: Pick<Platform, 'requests' | 'now'>,
  caller: Caller,
): Promise<Result<undefined>> => {
  const done = await requests.transact(Object.values(proofsOf(caller, now())))
  if (done.ok) return done
  return fail(refusedCaller(done.problem.refused) ?? problem('unavailable', { retryAfter: 1 }))
}

/**
 * The `commit` of one request. Beside the handler's operations, the transaction requires that the session still exists,
 * that the person's access is the token's (so that a sign-out, a suspension or an import takes effect on writes at
 * once), that the account is not frozen, where the write reaches others, and that no answer is stored under this key yet.
 */
export const commitFor = <Uses extends Access>(
  platform: Pick<Platform<Uses>, 'table' | 'requests' | 'now'>,
  attempt: Attempt,
): Commit<Uses> => {
  const { caller, key, request, reachesOthers } = attempt
  const { person } = caller
  return async (operations, reply, { remember = true, checkSession = true, refused: problemOf } = {}) => {
    const now = platform.now()
    const proofs = proofsOf(caller, now)
    const own: OperationOf<typeof requestAccess>[] = [
      proofs.access,
      put(
        'answer',
        platformPatterns.answer,
        { person, key },
        {
          request,
          ...(remember && { reply: reply ?? null }),
          expiresAt: epochSeconds(after(now, answerLifetime)),
        },
        { absent: true },
      ),
    ]
    if (checkSession) own.push(proofs.session)
    if (reachesOthers) own.push(check('frozen', platformPatterns.freeze, { person }, { absent: true }))
    // The two views are of one table: the handler's operations were accepted by this function's own type.
    const done = await platform.table.transact([...operations, ...own] as readonly OperationOf<Uses>[])
    if (done.ok) return ok(reply)
    const { refused, busy } = done.problem
    if (refused.includes('answer')) {
      const first = await firstAnswer(platform, attempt)
      if (!first.ok) return first
      const proved = checkSession ? await proveCaller(platform, caller) : ok(undefined)
      if (!proved.ok) return proved
      return ok(first.value?.remembered ? (first.value.reply as typeof reply) : reply)
    }
    if (busy) return fail(problem('unavailable', { retryAfter: 1 }))
    return fail(refusedCaller(refused) ?? problemOf?.(refused) ?? problem('conflict'))
  }
}

type Proving = Pick<Platform, 'requests' | 'now'>

/** The first answer of a write, for a caller who is proved as the first request was. A route that ends a session proves itself. */
const provedFirst = async (platform: Proving, route: Route, attempt: Attempt) => {
  const first = await firstAnswer(platform, attempt)
  if (!first.ok || !first.value || (isWriting(route) && route.endsSession)) return first
  const proved = await proveCaller(platform, attempt.caller)
  return proved.ok ? first : proved
}

const asAnswer = (reply: unknown) => ({ ok: true, value: reply as never }) as const

/** Answers a repeated write with its first answer; gives a new one its key and its `commit`. */
export const idempotent = <Uses extends Access>(platform: Platform<Uses>, replyOf: Replying): Step => ({
  before: async request => {
    const { event, internal } = request
    const { route, caller } = internal
    if (!isWriting(route) || !needsKey(route)) return
    const key = idempotencyKey(event)
    if (!key) return refuse(request, problem('idempotency-key-missing'))
    internal.writing = { key, repeat: false }
    // Without a caller no answer is stored: the implementation of a route for anyone must make a repeat harmless.
    if (!caller || route.callers === 'anyone') return
    const { reachesOthers = false } = route
    const attempt = { caller, key, request: requestHash(route, event), reachesOthers }
    const first = await provedFirst(platform, route, attempt)
    if (!first.ok) return refuse(request, first.problem)
    if (first.value?.remembered) return replyOf(request, asAnswer(first.value.reply))
    const free = reachesOthers ? await proveNotFrozen(platform, caller) : undefined
    if (free?.ok === false) return refuse(request, free.problem)
    internal.writing = { key, repeat: first.value !== undefined, commit: commitFor(platform, attempt) }
    if (!first.value) internal.attempt = attempt
  },
})

/**
 * Replies to a write that is refused: by the refusal, unless the same write, sent twice at one moment, has been done
 * meanwhile. What it did may be what this one is refused for, and its answer is given then.
 * @param repeated the answer of the implementation to a repeat, where the first one is not stored; absent: it cannot be asked
 */
export type Again = (
  request: Incoming,
  refused: AnswerOf<Route>,
  repeated?: (repeat: { readonly repeat: true }) => Promise<AnswerOf<Route>>,
) => Promise<Reply>

export const answeringAgain =
  (platform: Proving, replyOf: Replying): Again =>
  async (request, refused, repeated) => {
    const { route, attempt } = request.internal
    const first = attempt && (await provedFirst(platform, route, attempt))
    if (!first?.ok || !first.value) return replyOf(request, refused)
    if (first.value.remembered) return replyOf(request, asAnswer(first.value.reply))
    return replyOf(request, repeated ? await repeated({ repeat: true }) : refused)
  }
