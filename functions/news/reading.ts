import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { mayRead, stateOf } from '../../shared/news/rules.ts'
import { mediaSecret } from '../platform/media.ts'
import { linkedFor } from './attachments.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'

/** Rows of one page: what a phone shows before its reader scrolls far. */
const listPageSize = 20

/**
 * An audience's news: one Query. A row is there from the publication of its news to its end; that it is published is
 * checked nevertheless, since the clock removes what ended within a minute. Consistent, as is `read`: the edge keeps the
 * answer beside a board that was rendered from consistent rows, and it must not be older than that.
 */
export const list =
  ({ table }: NewsPlatform) =>
  ({ params: { audience }, query: { cursor }, now }: Pick<NewsRequest<'list'>, 'params' | 'query' | 'now'>) =>
    table.list(
      newsPatterns.feed,
      { audience },
      {
        limit: listPageSize,
        cursor,
        newestFirst: true,
        consistent: true,
        keep: row => stateOf(row, now) === 'published',
      },
    )

/** A news item that is published to an audience. */
export const found =
  ({ table }: NewsPlatform) =>
  async ({
    params: { audience, news },
    now,
  }: Pick<NewsRequest<'read'>, 'params' | 'now'>): Promise<Result<NewsItem>> => {
    const item = await table.get(newsPatterns.news, { news }, { consistent: true })
    return item && mayRead(item, [audience], now) ? ok(item) : fail(problem('not-found'))
  }

/** One news item, for the audience the edge let through: one GetItem. */
export const read = (platform: NewsPlatform) => {
  const find = found(platform)
  return async ({ params, now }: Pick<NewsRequest<'read'>, 'params' | 'now'>) => {
    const item = await find({ params, now })
    if (!item.ok) return item
    const secret = item.value.attachments ? mediaSecret(await platform.keys.current()) : ''
    return ok(linkedFor(secret, params.audience, item.value))
  }
}
