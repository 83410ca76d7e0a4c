import { ok } from '../../shared/kernel/result.ts'
import type { sessionContract } from '../../shared/session/contract.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { sessionAccess } from './access.ts'
import { eventOf } from './accounts.ts'
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

/** On how many devices somebody is signed in, and when one was last used. */
export const sessionsOf =
  ({ table }: SessionPlatform) =>
  async ({ related }: Request<'sessionsOf'>): Promise<AnswerOf<Routes['sessionsOf']>> => {
    const sessions = await table.all(sessionPatterns.sessions, { person: related.caredFor.person.id })
    const lastSeen = sessions
      .map(one => one.lastSeen)
      .sort()
      .at(-1)
    return ok({ count: sessions.length, ...(lastSeen !== undefined && { lastSeen }) })
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
