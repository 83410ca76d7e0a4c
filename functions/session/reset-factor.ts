import type { sessionContract } from '../../shared/session/contract.ts'
import { put } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { sessionAccess } from './access.ts'
import { eventOf } from './accounts.ts'
import { endSessions } from './end-sessions.ts'
import { factorPatterns, isSet } from './factor-patterns.ts'
import type { sessionRelations } from './relations.ts'

type Route = (typeof sessionContract)['routes']['resetFactor']

/**
 * Removes the second factor of somebody who lost it, in their presence. It ends their sessions; at their next sign-in they set up
 * another one where their role needs one, and are told who did it.
 */
export const resetFactor =
  (platform: Platform<typeof sessionAccess>) =>
  async ({
    related: { another },
    caller,
    now,
    commit,
  }: RequestOf<Route, typeof sessionAccess, ReturnType<typeof sessionRelations>>): Promise<AnswerOf<Route>> => {
    const { by } = another
    const person = another.person.id
    const held = await platform.table.get(factorPatterns.factor, { person }, { consistent: true })
    if (!isSet(held)) return commit([], undefined)
    const at = now.toISOString()
    const none = { passkeys: [], recovery: [], reset: { at, by }, version: held.version + 1 }
    return commit(
      [
        put('factor', factorPatterns.factor, { person }, none, { is: { version: held.version } }),
        ...(await endSessions(platform, person)),
        eventOf(person, { at, kind: 'factor-reset', by, actor: caller.person }),
      ],
      undefined,
    )
  }
