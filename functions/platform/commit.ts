import { createHash } from 'node:crypto'
import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Caller } from './caller.ts'
import { check, type Operation, put } from './operation.ts'
import { patterns } from './patterns.ts'
import type { Platform } from './platform.ts'

/** A write as the table will remember it: who, under which key, for which request. */
export type Attempt = { readonly caller: Caller; readonly key: string; readonly request: string }

/** SHA-256 of what was asked. Routes whose body holds a password leave it out: a hash of one is worth guessing at. */
export const requestHash = (method: string, path: string, body: string): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, body]))
    .digest('base64url')

export type CommitOptions = {
  /** False if the answer holds a secret: a repeat runs the handler again, which must make the same answer. */
  readonly remember?: boolean
  /** False if the operations themselves write the caller's session item. */
  readonly checkSession?: boolean
  /** The problem for the conditions that did not hold, by the names of their operations. Default: `conflict`. */
  readonly refused?: (names: readonly string[]) => Problem
}

/** One transaction that also proves the caller's session and remembers the answer. */
export type Commit = <Reply>(
  operations: readonly Operation[],
  reply: Reply,
  options?: CommitOptions,
) => Promise<Result<Reply>>

/** The first answer of a write, if it was made already; or the problem of a key used for something else. */
export const firstAnswer = async (
  { table }: Pick<Platform, 'table'>,
  { caller, key, request }: Attempt,
): Promise<Result<{ reply: unknown; remembered: boolean } | undefined>> => {
  const answer = await table.get(patterns.answer, [caller.person, key], { consistent: true })
  if (!answer) return ok(undefined)
  if (answer.request !== request) return fail(problem('idempotency-key-reused'))
  return ok({ reply: answer.reply, remembered: 'reply' in answer })
}

/**
 * Makes the `commit` of one request. The transaction holds, beside the handler's operations: the session must still
 * be there, the person's access must be what the token says (so that a sign-out, a suspension or an import takes
 * effect on writes at once), and the answer must not have been given yet.
 */
export const commitFor = (platform: Pick<Platform, 'table' | 'now'>, attempt: Attempt): Commit => {
  return async (operations, reply, options = {}) => {
    const { caller, key, request } = attempt
    const now = platform.now()
    const all: Operation[] = [
      ...operations,
      check('access', patterns.person, [caller.person], { is: { access: caller.access, status: 'active' } }),
      put(
        'answer',
        patterns.answer,
        [caller.person, key],
        {
          request,
          ...(options.remember !== false && { reply: reply ?? null }),
          expiresAt: epochSeconds(after(now, day)),
        },
        { absent: true },
      ),
    ]
    if (options.checkSession !== false)
      all.push(
        check('session', patterns.session, [caller.person, caller.session], {
          above: { expiresAt: epochSeconds(now) },
        }),
      )
    const done = await platform.table.transact(all)
    if (done.ok) return ok(reply)
    const { refused, busy } = done.problem
    if (refused.includes('answer')) {
      const first = await firstAnswer(platform, attempt)
      if (!first.ok) return first
      return ok(first.value?.remembered ? (first.value.reply as typeof reply) : reply)
    }
    if (busy) return fail(problem('unavailable', { retryAfter: 1 }))
    if (refused.includes('session')) return fail(problem('session-ended'))
    if (refused.includes('access')) return fail(problem('session-stale'))
    return fail(options.refused?.(refused) ?? problem('conflict'))
  }
}
