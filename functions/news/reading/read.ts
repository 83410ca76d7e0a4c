import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { mayRead } from '../../../shared/news/rules.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsRequest } from '../request.ts'

/** One news item, for the audience the edge let through: one GetItem. */
export const read =
  ({ table }: Platform) =>
  async ({ params, now }: NewsRequest<'read'>) => {
    const news = await table.get(patterns.news, [params.news])
    return news && mayRead(news, [params.audience], now) ? ok(news) : fail(problem('not-found'))
  }
