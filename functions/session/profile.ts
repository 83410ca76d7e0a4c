import { epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Me, sessionContract } from '../../shared/session/contract.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import type { sessionAccess } from './access.ts'
import type { AccountItem } from './accounts.ts'
import { accountPatterns } from './accounts.ts'
import { readFreeze } from './frozen.ts'
import { meOf } from './me.ts'
import { sessionPatterns } from './patterns.ts'

type Routes = (typeof sessionContract)['routes']
type SessionPlatform = Platform<typeof sessionAccess>

const read = async (
  { table, now }: SessionPlatform,
  caller: Caller,
  changes: Partial<AccountItem> = {},
): Promise<Result<Me>> => {
  const [account, person] = await Promise.all([
    table.get(accountPatterns.account, { person: caller.person }),
    table.get(directoryPatterns.person, { person: caller.person }),
  ])
  if (!account || !person) return fail(problem('session-ended'))
  const { access, audiences, pending, expiresAt = epochSeconds(now()) } = caller
  const frozen = await readFreeze(table, person)
  return ok(meOf(person, { ...account, ...changes }, { access, audiences, expiresAt, frozen, pending }))
}

/** The caller's profile. */
export const me =
  (platform: SessionPlatform) =>
  async ({ caller }: RequestOf<Routes['me'], typeof sessionAccess>): Promise<AnswerOf<Routes['me']>> =>
    read(platform, caller)

/** Sets the caller's e-mail address, or removes it, and their language. */
export const updateMe =
  (platform: SessionPlatform) =>
  async ({
    caller,
    body,
    commit,
  }: RequestOf<Routes['updateMe'], typeof sessionAccess>): Promise<AnswerOf<Routes['updateMe']>> => {
    const { email, language } = body
    const next = await read(platform, caller, { email, language })
    if (!next.ok) return next
    const change = { set: { email, language }, ...(email === undefined && { remove: ['email' as const] }) }
    return commit(
      [update('account', accountPatterns.account, { person: caller.person }, change, { present: true })],
      next.value,
    )
  }

/** The caller's sessions by device: this one first, then by last use. */
export const devices =
  ({ table }: SessionPlatform) =>
  async ({ caller }: RequestOf<Routes['devices'], typeof sessionAccess>): Promise<AnswerOf<Routes['devices']>> => {
    const sessions = await table.all(sessionPatterns.sessions, { person: caller.person })
    const items = sessions
      .map(({ session, device, since, lastSeen }) => {
        return { id: session, label: device, since, lastSeen, current: session === caller.session }
      })
      .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeen.localeCompare(a.lastSeen))
    return ok({ items })
  }
