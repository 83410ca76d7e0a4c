import { ok } from '../../shared/kernel/result.ts'
import type { sessionContract } from '../../shared/session/contract.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { sessionAccess } from './access.ts'
import { accountPatterns, eventOf } from './accounts.ts'
import { counterOf, guessedSecrets } from './counters.ts'
import { endSessions } from './end-sessions.ts'
import { sessionPatterns } from './patterns.ts'
import type { sessionRelations } from './relations.ts'

type Routes = (typeof sessionContract)['routes']
type Request<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof sessionAccess,
  ReturnType<typeof sessionRelations>
>
type SessionPlatform = Platform<typeof sessionAccess>

/** Attempts at an account in a row that failed, with a password or a code. */
const failedAt = async ({ table, keys }: SessionPlatform, person: string): Promise<number> => {
  const account = await table.get(accountPatterns.account, { person })
  if (!account) return 0
  const current = await keys.current()
  const counters = guessedSecrets.map(secret => ({ counter: counterOf(current, secret, 'account', account.login) }))
  const found = await table.getMany(sessionPatterns.throttle, counters)
  return found.reduce((sum, one) => sum + (one?.attempts ?? 0), 0)
}

/** On how many devices somebody is signed in, when one was last used, and how often signing in failed since. */
export const sessionsOf =
  (platform: SessionPlatform) =>
  async ({ related }: Request<'sessionsOf'>): Promise<AnswerOf<Routes['sessionsOf']>> => {
    const { id: person } = related.caredFor.person
    const [sessions, failed] = await Promise.all([
      platform.table.all(sessionPatterns.sessions, { person }),
      failedAt(platform, person),
    ])
    const lastSeen = sessions
      .map(one => one.lastSeen)
      .sort()
      .at(-1)
    return ok({
      count: sessions.length,
      ...(lastSeen !== undefined && { lastSeen }),
      ...(failed > 0 && { failed }),
    })
  }

/**
 * Ends every session of somebody whose account the caller looks after. What the devices may still read at the edge ends
 * with the sessions, which the stream tells it (functions/session/deliveries.ts).
 */
export const endSessionsOf =
  (platform: SessionPlatform) =>
  async ({
    related: { caredFor },
    caller,
    now,
    commit,
  }: Request<'endSessionsOf'>): Promise<AnswerOf<Routes['endSessionsOf']>> => {
    const { person, by } = caredFor
    // Of their own sessions, the caller keeps the one that asks: the transaction requires it.
    const isOther = (one: { readonly session: string }) => person.id !== caller.person || one.session !== caller.session
    const ended = await endSessions(platform, person.id, isOther)
    const event = { at: now.toISOString(), kind: 'sessions-ended', by, actor: caller.person } as const
    return commit([...ended, eventOf(person.id, event)], undefined)
  }
