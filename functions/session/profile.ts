import { epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Me, sessionContract } from '../../shared/session/contract.ts'
import type { Caller } from '../platform/caller.ts'
import { update } from '../platform/operation.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { AccountItem } from './items.ts'
import { meOf } from './me.ts'

type Routes = (typeof sessionContract)['routes']

const read = async (
  { table, now }: Platform,
  caller: Caller,
  changes: Partial<AccountItem> = {},
): Promise<Result<Me>> => {
  const [account, person] = await Promise.all([
    table.get(patterns.account, [caller.person]),
    table.get(patterns.person, [caller.person]),
  ])
  if (!account || !person) return fail(problem('session-ended'))
  return ok(meOf(person, { ...account, ...changes }, caller.expiresAt ?? epochSeconds(now())))
}

/** Who the caller is. */
export const me =
  (platform: Platform) =>
  async ({ caller }: RequestOf<Routes['me']>): Promise<AnswerOf<Routes['me']>> =>
    read(platform, caller)

/** Sets the caller's e-mail address, or removes it, and their language. */
export const updateMe =
  (platform: Platform) =>
  async ({ caller, body, commit }: RequestOf<Routes['updateMe']>): Promise<AnswerOf<Routes['updateMe']>> => {
    const { email, language } = body
    const next = await read(platform, caller, { email, language })
    if (!next.ok) return next
    const change = { set: { email, language }, ...(email === undefined && { remove: ['email' as const] }) }
    return commit([update('account', patterns.account, [caller.person], change, { present: true })], next.value)
  }
