import { epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import type { sessionContract } from '../../shared/session/contract.ts'
import { signedOut } from '../platform/loss.ts'
import { remove, update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { sessionAccess } from './access.ts'
import { clearedCookies } from './cookies.ts'
import { endSessions } from './end-sessions.ts'
import { sessionPatterns } from './patterns.ts'
import { readRefresh } from './secrets.ts'

type Routes = (typeof sessionContract)['routes']

/**
 * Ends the session of this device, by its token or, when that has expired, by its refresh cookie. Its item is made to
 * expire instead of being deleted, since a deleted session is one that was ended from elsewhere
 * (functions/session/deliveries.ts).
 */
export const signOut =
  (platform: Platform<typeof sessionAccess>) =>
  async ({
    caller,
    client,
    now,
  }: RequestOf<Routes['signOut'], typeof sessionAccess>): Promise<AnswerOf<Routes['signOut']>> => {
    const known = caller ?? readRefresh(client.refresh, await platform.keys.current(), now)
    if (known) {
      const { person, session } = known
      const seconds = epochSeconds(now)
      const done = await platform.table.transact([
        update(
          'session',
          sessionPatterns.session,
          { person, session },
          { set: { expiresAt: seconds } },
          { above: { expiresAt: seconds } },
        ),
        signedOut(person, session, now),
      ])
      if (!done.ok && done.problem.busy) return fail(problem('unavailable', { retryAfter: 1 }))
    }
    return { ...ok(undefined), cookies: clearedCookies() }
  }

/** Ends one session of the caller on another device. Their own is signed out of, which also clears its cookies. */
export const endDevice =
  () =>
  async ({
    params,
    caller,
    commit,
  }: RequestOf<Routes['endDevice'], typeof sessionAccess>): Promise<AnswerOf<Routes['endDevice']>> => {
    if (params.session === caller.session) return fail(problem('conflict'))
    const { person } = caller
    const ended = remove('ended', sessionPatterns.session, { person, ...params }, { present: true })
    return commit([ended], undefined, { refused: () => problem('not-found') })
  }

/** Ends every session of the caller. A repeat clears the cookies again. */
export const signOutEverywhere =
  (platform: Platform<typeof sessionAccess>) =>
  async (
    request: RequestOf<Routes['signOutEverywhere'], typeof sessionAccess>,
  ): Promise<AnswerOf<Routes['signOutEverywhere']>> => {
    const { caller, commit, now, repeat } = request
    const done = { ...ok(undefined), cookies: clearedCookies() }
    if (repeat) return done
    const others = await endSessions(platform, caller.person, one => one.session !== caller.session)
    const own = remove(
      'session',
      sessionPatterns.session,
      { person: caller.person, session: caller.session },
      {
        above: { expiresAt: epochSeconds(now) },
      },
    )
    const ended = await commit([...others, own], undefined, { checkSession: false, remember: false })
    return ended.ok ? done : { ...ended, cookies: clearedCookies() }
  }
