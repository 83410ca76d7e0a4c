import { timingSafeEqual } from 'node:crypto'
import { randomId } from '../../shared/kernel/ids.ts'
import { fail } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import type { passwordContract } from '../../shared/session/password-contract.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { passwordAccess } from './access.ts'
import type { AccountItem } from './accounts.ts'
import { accountPatterns, codeHash, dayOf } from './accounts.ts'
import { begin, begunBefore, nobody } from './begin.ts'
import { endSessions, endSessionsNow } from './end-sessions.ts'
import { guess, rememberPlace } from './guesses.ts'
import { knownDevice } from './known-device.ts'
import { type LeakedPasswords, refusedChoice } from './leaked-passwords.ts'
import { guessableWords } from './me.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'

type Activate = (typeof passwordContract)['routes']['activate']

const isCodeOf = (account: AccountItem | undefined, code: string): boolean => {
  const given = Buffer.from(codeHash(account?.person ?? '', code))
  const stored = Buffer.from(account?.codeHash ?? '')
  return given.length === stored.length && timingSafeEqual(given, stored)
}

/**
 * Activates an account with a code, once. A used code stays stored as expired, so that a second use is answered with
 * `already-activated`. A code issued for an active account replaces its password and ends its sessions.
 */
export const activate =
  (platform: Platform<typeof passwordAccess>, leaked: LeakedPasswords) =>
  async (request: RequestOf<Activate, typeof passwordAccess>): Promise<AnswerOf<Activate>> => {
    const { body, key, client, now } = request
    const { table } = platform
    const keys = await platform.keys.current()
    const login = await table.get(accountPatterns.login, { login: body.login })
    const id = login?.person ?? nobody
    const attempt = await guess(platform, {
      secret: 'code',
      account: body.login,
      address: client.address,
      device: knownDevice(client.device, id, keys),
    })
    if (!attempt.ok) return attempt
    const [account, person] = await Promise.all([
      table.get(accountPatterns.account, { person: id }, { consistent: true }),
      table.get(directoryPatterns.person, { person: id }, { consistent: true }),
    ])
    if (!isCodeOf(account, body.code) || !account || !person) {
      await attempt.value.wrong()
      return fail(sessionProblem('wrong-code'))
    }
    if (person.status === 'suspended') return fail(sessionProblem('account-suspended'))

    const { personalDevice, email } = body
    const asked = ['activate', body.login, account.codeHash, personalDevice, email ?? '']
    const beginning = { person, personalDevice, client, key, request: asked, now }
    /** The answer for a code that was used: the session of a repeat with the same password, or `already-activated`. */
    const answerUsedCode = async (): Promise<AnswerOf<Activate>> => {
      const current = await table.get(accountPatterns.account, { person: id }, { consistent: true })
      const isRepeat = current?.password && (await verifyPassword(body.password, current.password))
      const first = isRepeat ? await begunBefore(platform, { ...beginning, account: current }) : undefined
      if (!first) return fail(sessionProblem('already-activated'))
      return first.ok ? first.value : first
    }
    if ((account.codeExpiresAt ?? '') <= now.toISOString()) {
      if (account.password) return answerUsedCode()
      await attempt.value.wrong()
      return fail(sessionProblem('wrong-code'))
    }
    const refused = refusedChoice(body.password, guessableWords(person, account), leaked)
    if (refused) return fail(sessionProblem(refused))

    const changes = {
      password: await hashPassword(body.password),
      activatedAt: account.activatedAt ?? now.toISOString(),
      codeExpiresAt: now.toISOString(),
      lastSignIn: dayOf(now),
      ...(email !== undefined && { email }),
    }
    const session = randomId(20)
    const operations = [
      update(
        'code',
        accountPatterns.account,
        { person: id },
        { set: changes },
        { is: { codeHash: account.codeHash }, above: { codeExpiresAt: now.toISOString() } },
      ),
      attempt.value.clear,
      ...(account.password ? await endSessions(platform, id) : []),
    ]
    const begun = await begin(platform, { ...beginning, account: { ...account, ...changes } }, operations, session)
    if (begun.ok) {
      // Also ends sessions begun with the old password after they were listed, before the transaction.
      if (account.password) await endSessionsNow(platform, id, one => one.session !== session)
      await Promise.all([attempt.value.right(), rememberPlace(platform, body.login, client.address)])
      return begun.value
    }
    const { names, problem } = begun.problem
    return names.some(name => name === 'code' || name === 'answer') ? answerUsedCode() : fail(problem)
  }
