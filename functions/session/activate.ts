import { timingSafeEqual } from 'node:crypto'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import type { passwordContract } from '../../shared/session/contract.ts'
import { refusedPassword } from '../../shared/session/rules.ts'
import { update } from '../platform/operation.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import { begin, notBegun } from './begin.ts'
import { codeHash } from './code.ts'
import { knownDevice } from './device.ts'
import { endings } from './ending.ts'
import { guess } from './guesses.ts'
import type { AccountItem } from './items.ts'
import { contextOf } from './me.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
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
  (platform: Platform) =>
  async (request: RequestOf<Activate>): Promise<AnswerOf<Activate>> => {
    const { body, key, client, now } = request
    const { table } = platform
    const keys = await platform.keys.current()
    const found = await table.get(patterns.login, [body.login])
    const id = found?.person ?? '0'.repeat(16)
    const attempt = await guess(platform, {
      secret: 'code',
      account: body.login,
      address: client.address,
      device: knownDevice(client.device, id, keys),
    })
    if (!attempt.ok) return attempt
    const [account, person] = await Promise.all([
      table.get(patterns.account, [id], { consistent: true }),
      table.get(patterns.person, [id]),
    ])
    if (!isCodeOf(account, body.code) || !account || !person) {
      await attempt.value.wrong()
      return fail(problem('wrong-code'))
    }
    if (person.status === 'suspended') return fail(problem('account-suspended'))

    // A session of its own for each code and key: no other write's key finds it.
    const sessionKey = `activation ${account.codeHash} ${key}`
    const beginning = { person, personalDevice: body.personalDevice, client, key: sessionKey }
    const own = sessionIdOf(keys, id, sessionKey)
    const used = async (): Promise<AnswerOf<Activate>> => {
      const current = await table.get(patterns.account, [id], { consistent: true })
      const first = await table.get(patterns.session, [id, own], { consistent: true })
      const same = current?.password && first && (await verifyPassword(body.password, current.password))
      if (!current || !same) return fail(problem('already-activated'))
      const again = await begin(platform, { ...beginning, account: current }, [])
      return again.ok ? again.value : fail(notBegun(again.problem))
    }
    if ((account.codeExpiresAt ?? '') <= now.toISOString()) {
      if (account.password) return used()
      await attempt.value.wrong()
      return fail(problem('wrong-code'))
    }
    const refused = refusedPassword(body.password, contextOf(person, account))
    if (refused) return fail(problem(refused))

    const changes = {
      password: await hashPassword(body.password),
      activatedAt: account.activatedAt ?? now.toISOString(),
      codeExpiresAt: now.toISOString(),
      ...(body.email !== undefined && { email: body.email }),
    }
    const begun = await begin(platform, { ...beginning, account: { ...account, ...changes } }, [
      update(
        'code',
        patterns.account,
        [id],
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
