import { epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import type { passwordContract } from '../../shared/session/password-contract.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { passwordAccess } from './access.ts'
import { accountPatterns } from './accounts.ts'
import { endSessions, endSessionsNow } from './end-sessions.ts'
import { readFreeze } from './frozen.ts'
import { guessWithin } from './guesses.ts'
import { type LeakedPasswords, refusedChoice } from './leaked-passwords.ts'
import { guessableWords, meOf } from './me.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'

type ChangePassword = (typeof passwordContract)['routes']['changePassword']

/**
 * Changes the caller's password. It ends every other session, and expires an unused activation code, so that nobody
 * else who has the code can set a password. The caller's session continues.
 */
export const changePassword =
  (platform: Platform<typeof passwordAccess>, leaked: LeakedPasswords) =>
  async ({
    body,
    caller,
    now,
    repeat,
    commit,
  }: RequestOf<ChangePassword, typeof passwordAccess>): Promise<AnswerOf<ChangePassword>> => {
    const { table } = platform
    const attempt = await guessWithin(platform, caller.session)
    if (!attempt.ok) return attempt
    const [account, person] = await Promise.all([
      table.get(accountPatterns.account, { person: caller.person }, { consistent: true }),
      table.get(directoryPatterns.person, { person: caller.person }),
    ])
    if (!account?.password || !person) return fail(problem('session-ended'))
    const held = {
      access: caller.access,
      audiences: caller.audiences,
      expiresAt: caller.expiresAt ?? epochSeconds(now),
      frozen: await readFreeze(table, person),
    }
    // A repeat has the same body if the password that it asks for is the one that was set. Nothing else of it is stored.
    if (repeat) {
      const isSame = await verifyPassword(body.next, account.password)
      return isSame ? ok(meOf(person, account, held)) : fail(problem('idempotency-key-reused'))
    }
    if (!(await verifyPassword(body.current, account.password))) return fail(sessionProblem('wrong-credentials'))
    const refused = refusedChoice(body.next, guessableWords(person, account), leaked)
    if (refused) return fail(sessionProblem(refused))

    const password = await hashPassword(body.next)
    const others = (session: { session: string }) => session.session !== caller.session
    const withoutCode = { ...account, codeExpiresAt: now.toISOString() }
    const changed = await commit(
      [
        update(
          'password',
          accountPatterns.account,
          { person: caller.person },
          { set: { password, ...(account.codeExpiresAt !== undefined && { codeExpiresAt: now.toISOString() }) } },
          { is: { password: account.password } },
        ),
        attempt.value.clear,
        ...(await endSessions(platform, caller.person, others)),
      ],
      meOf(person, withoutCode, held),
      { remember: false, refused: () => problem('conflict') },
    )
    if (!changed.ok) return changed
    // Of two requests with one key at one moment, the other one may have been first.
    const current = await table.get(accountPatterns.account, { person: caller.person }, { consistent: true })
    if (!current?.password) return fail(problem('session-ended'))
    if (current.password !== password && !(await verifyPassword(body.next, current.password)))
      return fail(problem('idempotency-key-reused'))
    // Also ends sessions begun with the old password after they were listed, before the transaction.
    await endSessionsNow(platform, caller.person, others)
    return ok(changed.value)
  }
