import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { newsProblem } from '../../../shared/news/contract.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { put, update } from '../../platform/operation.ts'
import { newsPatterns } from '../patterns.ts'
import { allows, isAllowed } from '../publishing/states.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { readReadership } from './read-readership.ts'
import { toRemind } from './readership.ts'
import { isPaused, lastReminder } from './reminders.ts'

/**
 * Stores an author's request to remind; the stream carries it out. Answers how many people that is. What cannot be
 * read now (scheduled, ended, withdrawn) meets `conflict`; who was reminded a moment ago is left in peace.
 */
export const remind =
  ({ table }: NewsPlatform) =>
  async ({ body, now, commit, related: { publication } }: NewsRequest<'remind'>) => {
    if (!isAllowed('remind', stateOf(publication, now))) return fail(problem('conflict'))
    const { id: news, notice } = publication
    const { addressed, facts } = await readReadership(table, publication)
    const people = toRemind(notice, addressed, facts, body.state, body.group).length
    if (people === 0) return commit([], { people })
    const last = lastReminder(await table.all(newsPatterns.reminders, { news }, { consistent: true }), body)
    if (isPaused(last, now)) return fail(newsProblem('reminded-recently'))
    const at = now.toISOString()
    return commit(
      [
        // The stream has it stand on the boards of its audiences from now on, whatever is newer.
        update('published', newsPatterns.news, { news }, { set: { remindedAt: at } }, allows('remind', now)),
        put('reminder', newsPatterns.reminder, { news, at }, { news, at, ...body }),
      ],
      { people },
    )
  }
