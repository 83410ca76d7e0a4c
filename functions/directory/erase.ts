import { type ErasureState, isNameOf } from '../../shared/directory/erasing.ts'
import { erasingProblem } from '../../shared/directory/problems.ts'
import { spokenName } from '../../shared/kernel/names.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { sweepSoon } from '../platform/erasing/begin.ts'
import type { Caller } from '../platform/token.ts'
import { eventOf } from '../session/accounts.ts'
import type { PersonItem } from './audiences.ts'
import { type NotErasable, notErasable, prepareErasure, removeRows } from './erasing/order.ts'
import { runsAllOf } from './erasing/rules.ts'
import { importPatterns } from './patterns.ts'
import type { DirectoryPlatform, DirectoryRequest } from './relations.ts'

/** What a caller is told of why somebody cannot be erased. */
const states = {
  described: 'still-described',
  named: 'still-named',
  asked: 'key-in-question',
} as const satisfies Record<NotErasable['why'], ErasureState>

/** Whether the caller may erase somebody: undefined of those who have not left. */
export const erasureOf = async (
  { table }: DirectoryPlatform,
  caller: Caller,
  person: PersonItem,
): Promise<ErasureState | undefined> => {
  if (person.status === 'active') return undefined
  if (!runsAllOf(caller, person)) return 'elsewhere'
  const sources = await table.all(importPatterns.allSources, { person: person.id }, { consistent: true })
  const not = await notErasable(table, person, sources)
  return not ? states[not.why] : 'possible'
}

/**
 * Erases somebody who left, as the operator's command does: the account, the person and their rows in lists at once, all that is
 * left of them by a sweep that begins within a minute. That somebody was erased is noted with whoever did it, and not whom.
 * Decision: docs/decisions/0080-erasing-from-the-page-of-a-person.md
 */
export const erase =
  ({ table }: DirectoryPlatform) =>
  async ({ body, related: { departed }, now, commit }: DirectoryRequest<'erase'>) => {
    const { person, actor } = departed
    if (!isNameOf(body.name, person))
      return fail(problem('invalid-request', { errors: [{ path: 'body.name', message: 'the name of the person' }] }))
    const ordering = await prepareErasure(table, person, 'request', now)
    if (!ordering.ok) return fail(erasingProblem(states[ordering.problem.why]))
    const event = { at: now.toISOString(), kind: 'person-erased' as const, by: spokenName(actor), actor: actor.id }
    const { operations, sources } = ordering.value
    const done = await commit([...operations, sweepSoon(now), eventOf(actor.id, event)], undefined, {
      refused: () => erasingProblem('still-described'),
    })
    // The sweep does that too, if this is interrupted.
    if (done.ok) await removeRows(table, person.id, sources)
    return done
  }
