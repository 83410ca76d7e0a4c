import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { stateOf } from '../../shared/news/rules.ts'
import { newsPatterns } from './patterns.ts'
import { read } from './reading.ts'
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
  const found = read(platform)
  return async ({ params, now, related: { closed } }: NewsRequest<'closedNews'>) => {
    const news = await found({ params, now })
    return news.ok && news.value.publishedAt > closed.until ? fail(problem('not-found')) : news
  }
}
