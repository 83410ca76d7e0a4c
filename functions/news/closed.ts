import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { stateOf } from '../../shared/news/rules.ts'
import { linkedOwn } from './attachments.ts'
import { newsPatterns } from './patterns.ts'
import { found } from './reading.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'

/**
 * What somebody reads of a class or group of a past year: what was published to it until they left it. The loader has proved
 * that they were in it.
 */

const pageSize = 20

/** A page of the news of a closed group. */
export const closedList =
  ({ table }: NewsPlatform) =>
  ({ params: { audience }, query: { cursor }, now, related: { closed } }: NewsRequest<'closedList'>) =>
    table.list(
      newsPatterns.feed,
      { audience },
      {
        limit: pageSize,
        cursor,
        newestFirst: true,
        consistent: true,
        keep: row => row.publishedAt <= closed.until && stateOf(row, now) === 'published',
      },
    )

/** One news item of a closed group. */
export const closedNews = (platform: NewsPlatform) => {
  const find = found(platform)
  return async ({ params, caller, now, related: { closed } }: NewsRequest<'closedNews'>) => {
    const news = await find({ params, now })
    if (!news.ok) return news
    if (news.value.publishedAt > closed.until) return fail(problem('not-found'))
    return ok(await linkedOwn(platform, caller.person, news.value))
  }
}
