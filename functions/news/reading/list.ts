import { ok } from '../../../shared/kernel/result.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsRequest } from '../request.ts'

/** Rows of one page: what a phone shows before its reader scrolls far. */
const pageSize = 20

/**
 * An audience's news: one Query. Rows wait in the feed from the moment a news item is scheduled and stay a while after
 * its end, so a page may hold fewer rows than it read.
 */
export const list =
  ({ table }: Platform) =>
  async ({ params, query, now }: NewsRequest<'list'>) => {
    const page = await table.list(patterns.feed, [params.audience], {
      limit: pageSize,
      cursor: query.cursor,
      newestFirst: true,
    })
    if (!page.ok) return page
    return ok({ ...page.value, items: page.value.items.filter(row => stateOf(row, now) === 'published') })
  }
