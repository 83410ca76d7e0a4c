import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { put } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import { managed } from '../publishing/managed.ts'
import type { NewsRequest } from '../request.ts'
import { readReadership } from './read-readership.ts'
import { toRemind } from './readership.ts'

/**
 * Writes down an author's wish to remind; the stream carries it out. Answers how many people that is. What cannot be
 * read now (scheduled, ended, withdrawn) meets `conflict`.
 */
export const remind =
  ({ table }: Platform) =>
  async ({ params, body, caller, now, commit }: NewsRequest<'remind'>) => {
    const found = await managed(table, params.news, caller)
    if (!found.ok) return found
    const news = found.value
    if (stateOf(news, now) !== 'published') return fail(problem('conflict'))
    const { addressed, facts } = await readReadership(table, news)
    const people = toRemind(news.notice, addressed, facts, body.state, body.group).length
    if (people === 0) return commit([], { people })
    const at = now.toISOString()
    return commit([put('reminder', patterns.reminder, [news.id, at], { news: news.id, at, ...body })], { people })
  }
