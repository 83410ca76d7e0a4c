import type * as z from 'zod/mini'
import { ok } from '../../shared/kernel/result.ts'
import type { HeldBoard } from '../../shared/news/board.ts'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { linkedOwn } from './attachments.ts'
import type { FeedItem } from './patterns.ts'
import { found, list } from './reading.ts'
import type { NewsPlatform, NewsRequest } from './relations.ts'
import { boardRowsOf } from './rows.ts'

/**
 * What somebody reads of audiences that their token has no room for, so that the edge does not give them the boards. The
 * loaders have proved from the directory that the audiences are theirs.
 */

/** Audiences that are read side by side. */
const atOnce = 5

/** What the boards of some audiences hold: two Queries each. */
export const heldBoards =
  (platform: NewsPlatform) =>
  async ({ caller, now, related: { heldAll } }: NewsRequest<'heldBoards'>) => {
    const { table } = platform
    const linked = (rows: readonly FeedItem[]) => Promise.all(rows.map(row => linkedOwn(platform, caller.person, row)))
    const boards = new Map<string, Pick<z.infer<typeof HeldBoard>, 'rows' | 'notices' | 'next'>>()
    await forEachConcurrent(
      heldAll,
      async audience => {
        const { rows, open: openRows, next } = await boardRowsOf(table, audience, now)
        const [shown, open] = await Promise.all([linked(rows), linked(openRows)])
        boards.set(audience, { rows: shown, notices: open, ...(next !== undefined && { next }) })
      },
      atOnce,
    )
    return ok({ items: heldAll.flatMap(audience => ({ audience, rows: [], notices: [], ...boards.get(audience) })) })
  }

/** A page of an audience's news. */
export const heldList = (platform: NewsPlatform) => {
  const listed = list(platform)
  return ({ params, query, now }: NewsRequest<'heldList'>) => listed({ params, query, now })
}

/** One news item. */
export const heldNews = (platform: NewsPlatform) => {
  const find = found(platform)
  return async ({ params, caller, now }: NewsRequest<'heldNews'>) => {
    const news = await find({ params, now })
    return news.ok ? ok(await linkedOwn(platform, caller.person, news.value)) : news
  }
}
