import type { EventKind, sessionContract } from '../../shared/session/contract.ts'
import { put, remove } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { sessionAccess } from './access.ts'
import { eventOf } from './accounts.ts'
import { endSessions } from './end-sessions.ts'
import type { sessionRelations } from './relations.ts'

type Routes = (typeof sessionContract)['routes']
type Request<Name extends 'freeze' | 'unfreeze'> = RequestOf<
  Routes[Name],
  typeof sessionAccess,
  ReturnType<typeof sessionRelations>
>

type Noted = Pick<Request<'freeze'>, 'related' | 'caller' | 'now'>

/** The audit of a freeze: with the account. */
const noted = ({ related, caller, now }: Noted, kind: EventKind, reason?: string) => {
  const { person, by } = related.freezable
  return eventOf(person.id, { at: now.toISOString(), kind, by, actor: caller.person, ...(reason && { reason }) })
}

/**
 * Freezes an account: from this transaction on every write of it that reaches others is refused, and the clock takes back
 * what it had scheduled. Its sessions end with it, if that is asked for. Of one that is frozen the first freeze stays.
 * Decision: docs/decisions/0049-freezing-an-account.md
 */
export const freeze =
  (platform: Platform<typeof sessionAccess>) =>
  async (request: Request<'freeze'>): Promise<AnswerOf<Routes['freeze']>> => {
    const { body, caller, commit, now, related } = request
    const { person: found, by } = related.freezable
    const { reason } = body
    const person = found.id
    const before = await platform.table.get(platformPatterns.freeze, { person }, { consistent: true })
    const item = { at: now.toISOString(), by, actor: caller.person, reason }
    const own = [
      put('freeze', platformPatterns.freeze, { person }, item, { absent: true }),
      noted(request, 'frozen', reason),
    ]
    const ended = body.endSessions ? await endSessions(platform, person) : []
    return commit([...(before ? [] : own), ...ended], undefined)
  }

/** Ends the freeze of an account. */
export const unfreeze =
  (platform: Platform<typeof sessionAccess>) =>
  async (request: Request<'unfreeze'>): Promise<AnswerOf<Routes['unfreeze']>> => {
    const person = request.related.freezable.person.id
    const before = await platform.table.get(platformPatterns.freeze, { person }, { consistent: true })
    const own = [remove('freeze', platformPatterns.freeze, { person }, { present: true }), noted(request, 'unfrozen')]
    return request.commit(before ? own : [], undefined)
  }
