import type { PersonPage } from '../../shared/directory/person-page.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { put, remove } from '../platform/operation.ts'
import { eventOf } from '../session/accounts.ts'
import { decisionDues, endOf } from './decisions-due.ts'
import { type Decision, grantPatterns } from './grant-patterns.ts'
import type { Bond, DirectoryPlatform, DirectoryRequest } from './relations.ts'

type Kind = PersonPage['events'][number]['kind']

const nameOf = ({ givenName, familyName }: { givenName: string; familyName: string }) => `${givenName} ${familyName}`

/** The audit of a decision: with the adult and with the child, each naming the other. */
const noted = ({ adult, child, actor }: Bond, kind: Kind, now: Date, reason?: string): ReturnType<typeof eventOf>[] => {
  const event = { at: now.toISOString(), kind, by: nameOf(actor), actor: actor.id, ...(reason && { reason }) }
  return [eventOf(adult.id, { ...event, about: nameOf(child) }), eventOf(child.id, { ...event, about: nameOf(adult) })]
}

/**
 * Grants or stops an adult's access to a child. What was decided is stored here; the stream makes the two people's items
 * of it within seconds, as imports do from then on.
 */
export const decide =
  ({ table, config: { timeZone } }: DirectoryPlatform) =>
  async ({ body, related: { bond }, now, commit }: DirectoryRequest<'decide'>) => {
    const { adult, child, uai, actor } = bond
    const { kind, reason, until } = body
    const end = endOf({ until }, timeZone)
    if (end !== undefined && end <= now.toISOString())
      return fail(
        problem('invalid-request', { errors: [{ path: 'body.until', message: 'a day that has not passed' }] }),
      )
    const parties = { adult: adult.id, child: child.id }
    const before = await table.get(grantPatterns.decision, parties, { consistent: true })
    const decision: Decision = {
      ...parties,
      kind,
      uai,
      reason,
      ...(until !== undefined && { until }),
      at: now.toISOString(),
      by: nameOf(actor),
      actor: actor.id,
    }
    return commit(
      [
        put(
          'decision',
          grantPatterns.decision,
          parties,
          decision,
          before ? { is: { at: before.at } } : { absent: true },
        ),
        ...decisionDues(before, decision, now, timeZone),
        ...noted(bond, kind === 'granted' ? 'access-granted' : 'access-stopped', now, reason),
      ],
      undefined,
    )
  }

/** Takes a decision back: what the feed says of the adult and the child holds again. */
export const undecide =
  ({ table, config: { timeZone } }: DirectoryPlatform) =>
  async ({ related: { bond }, now, commit }: DirectoryRequest<'undecide'>) => {
    const parties = { adult: bond.adult.id, child: bond.child.id }
    const before = await table.get(grantPatterns.decision, parties, { consistent: true })
    if (!before) return ok(undefined)
    return commit(
      [
        remove('decision', grantPatterns.decision, parties, { is: { at: before.at } }),
        ...decisionDues(before, undefined, now, timeZone),
        ...noted(bond, 'access-restored', now),
      ],
      undefined,
    )
  }
