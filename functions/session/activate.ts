import { timingSafeEqual } from 'node:crypto'
import { fail } from '../../shared/kernel/result.ts'
import { type passwordContract, sessionProblem } from '../../shared/session/contract.ts'
import { refusedPassword } from '../../shared/session/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { passwordAccess } from './access.ts'
import type { AccountItem } from './accounts.ts'
import { accountPatterns, codeHash } from './accounts.ts'
import { begin, notBegun } from './begin.ts'
import { knownDevice } from './device.ts'
import { endings } from './ending.ts'
import { guess } from './guesses.ts'
import { contextOf } from './me.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { sessionPatterns } from './patterns.ts'
import { sessionIdOf } from './secrets.ts'

type Activate = (typeof passwordContract)['routes']['activate']

const isCodeOf = (account: AccountItem | undefined, code: string): boolean => {
  const given = Buffer.from(codeHash(account?.person ?? '', code))
  const stored = Buffer.from(account?.codeHash ?? '')
  return given.length === stored.length && timingSafeEqual(given, stored)
}

/**
 * Turns a code into an account, once. A used code stays stored with its time at an end, so that its owner is told
 * to sign in. A code given to an account already active replaces its password, and ends its sessions.
 */
export const activate =
  (platform: Platform<typeof passwordAccess>) =>
  async (request: RequestOf<Activate, typeof passwordAccess>): Promise<AnswerOf<Activate>> => {
    const { body, key, client, now } = request
    const { table } = platform
    const keys = await platform.keys.current()
    const found = await table.get(accountPatterns.login, { login: body.login })
    const id = found?.person ?? '0'.repeat(16)
    const attempt = await guess(platform, {
      secret: 'code',
      account: body.login,
      address: client.address,
      device: knownDevice(client.device, id, keys),
    })
    if (!attempt.ok) return attempt
    const [account, person] = await Promise.all([
      table.get(accountPatterns.account, { person: id }, { consistent: true }),
      table.get(directoryPatterns.person, { person: id }),
    ])
    if (!isCodeOf(account, body.code) || !account || !person) {
      await attempt.value.wrong()
      return fail(sessionProblem('wrong-code'))
    }
    if (person.status === 'suspended') return fail(sessionProblem('account-suspended'))

    // A session of its own for each code and key: no other write's key finds it.
    const sessionKey = `activation ${account.codeHash} ${key}`
    const beginning = { person, personalDevice: body.personalDevice, client, key: sessionKey }
    const own = sessionIdOf(keys, id, sessionKey)
    const used = async (): Promise<AnswerOf<Activate>> => {
      const current = await table.get(accountPatterns.account, { person: id }, { consistent: true })
      const first = await table.get(sessionPatterns.session, { person: id, session: own }, { consistent: true })
      const same = current?.password && first && (await verifyPassword(body.password, current.password))
      if (!current || !same) return fail(sessionProblem('already-activated'))
      const again = await begin(platform, { ...beginning, account: current }, [])
      return again.ok ? again.value : fail(notBegun(again.problem))
    }
    if ((account.codeExpiresAt ?? '') <= now.toISOString()) {
      if (account.password) return used()
      await attempt.value.wrong()
      return fail(sessionProblem('wrong-code'))
    }
    const refused = refusedPassword(body.password, contextOf(person, account))
    if (refused) return fail(sessionProblem(refused))

    const changes = {
      password: await hashPassword(body.password),
      activatedAt: account.activatedAt ?? now.toISOString(),
      codeExpiresAt: now.toISOString(),
      ...(body.email !== undefined && { email: body.email }),
    }
    const begun = await begin(platform, { ...beginning, account: { ...account, ...changes } }, [
      update(
        'code',
        accountPatterns.account,
        { person: id },
        { set: changes },
        { is: { codeHash: account.codeHash }, above: { codeExpiresAt: now.toISOString() } },
      ),
      attempt.value.clear,
      ...(account.password ? await endings(platform, id) : []),
    ])
    if (begun.ok) {
      // Sessions begun with the old password between the list and the transaction.
      const late = account.password ? await endings(platform, id, one => one.session !== own) : []
      if (late.length > 0) await table.transact(late)
      return begun.value
    }
    return begun.problem.includes('code') ? used() : fail(notBegun(begun.problem))
  }
