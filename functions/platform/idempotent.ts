import { problem } from '../../shared/kernel/problem.ts'
import { isWriting, needsKey, type Route } from '../../shared/kernel/route.ts'
import type { Access } from './access.ts'
import type { Reply } from './http.ts'
import {
  type Attempt,
  commitFor,
  firstAnswer,
  idempotencyKey,
  proveCaller,
  proveNotFrozen,
  requestHash,
} from './idempotency.ts'
import { type Incoming, type Replying, refuse, type Step } from './incoming.ts'
import type { Platform } from './platform.ts'
import type { AnswerOf } from './request.ts'

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
 * Replies to a write that is refused: by the refusal, unless the same write, sent twice at one moment or sent again before its
 * answer was lost, has been done meanwhile. What it did may be what this one is refused for, and its answer is given then.
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
