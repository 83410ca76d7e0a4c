import { after } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { workProblem } from '../../../shared/work/contract.ts'
import { handInReminderPause } from '../../../shared/work/hand-in.ts'
import { stateOf } from '../../../shared/work/rules.ts'
import { put } from '../../platform/operation.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { missingOf } from './missing.ts'
import { handInPatterns } from './patterns.ts'

/**
 * Stores a teacher's request to remind those who have not handed in; the stream carries it out. Answers how many pupils that
 * is. Of what is not handed in, or not to be seen (scheduled, taken back), nobody is reminded, and after a reminder nobody for some hours.
 */
export const remind =
  ({ table }: WorkPlatform) =>
  async ({
    params: { piece },
    body: { guardians },
    now,
    commit,
    related: { collected: of },
  }: WorkRequest<'remind'>) => {
    if (!of.assignment || stateOf(of, now) !== 'published') return fail(problem('conflict'))
    const [missing, last] = await Promise.all([
      missingOf(table, of),
      table.get(handInPatterns.reminder, { piece }, { consistent: true }),
    ])
    if (last && now < after(new Date(last.at), handInReminderPause)) return fail(workProblem('hand-in-reminded'))
    const reminder = { at: now.toISOString(), people: missing.length, guardians }
    if (missing.length === 0) return commit([], reminder)
    const is = last ? { is: { at: last.at } } : { absent: true as const }
    return commit([put('reminder', handInPatterns.reminder, { piece }, { ...reminder, piece }, is)], reminder)
  }
