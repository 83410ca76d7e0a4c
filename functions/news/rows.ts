import { boardRows } from '../../shared/news/board.ts'
import { uses } from '../platform/access.ts'
import type { Table } from '../platform/table.ts'
import { type FeedItem, newsPatterns } from './patterns.ts'

const rowsAccess = uses({ query: [newsPatterns.feed, newsPatterns.notices] })

/**
 * True if the news of a row has not ended. That it is published is not looked at: it has no row before, and a function
 * whose clock is slow would miss it.
 */
const isOpen = ({ until }: FeedItem, now: Date): boolean => until === undefined || until > now.toISOString()

/** Newest first. */
const compareRows = (a: FeedItem, b: FeedItem): number => {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}

/**
 * The rows that an audience's board is made of, read consistently, without those that have ended: the first page, pinned
 * first, then newest first, with the cursor of the next; and the open notices that are not on it. Two Queries.
 */
export const boardRowsOf = async (table: Table<typeof rowsAccess>, audience: string, now: Date) => {
  const [page, noticeRows] = await Promise.all([
    table.list(
      newsPatterns.feed,
      { audience },
      { limit: boardRows, consistent: true, newestFirst: true, keep: row => isOpen(row, now) },
    ),
    table.all(newsPatterns.notices, { audience }, { consistent: true }),
  ])
  if (!page.ok) throw new Error('the first page of a feed was refused')
  const { items, next } = page.value
  const shown = new Set(items.map(({ id }) => id))
  const notices = noticeRows.filter(row => !shown.has(row.id) && isOpen(row, now)).sort(compareRows)
  return { rows: items, notices, next }
}
