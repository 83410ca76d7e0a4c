import { newsBoard } from '../../shared/news/board.ts'
import { uses } from '../platform/access.ts'
import { fitting } from '../platform/boards/fitting.ts'
import { cursorOf, keyOf } from '../platform/pattern.ts'
import type { Table } from '../platform/table.ts'
import { type FeedItem, newsPatterns } from './patterns.ts'

const rowsAccess = uses({ query: [newsPatterns.feed, newsPatterns.openRows] })

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

/** The first page of a feed as far as it stands in a board, one row at least, and the cursor of what follows. */
const firstPage = (audience: string, items: readonly FeedItem[], next: string | undefined) => {
  const rows = items.slice(0, Math.max(1, fitting(items, newsBoard.holds.rowBytes)))
  const last = rows.at(-1)
  if (rows.length === items.length || !last) return { rows, next }
  const { id: news, pinned, publishedAt } = last
  const key = keyOf(newsPatterns.feedRow, { audience, pinned: pinned ? '1' : '0', publishedAt, news })
  return { rows, next: cursorOf(key.sk) }
}

/**
 * The rows that an audience's board is made of, read consistently, without those that have ended: the first page, pinned
 * first, then newest first, with the cursor of the next; and what stays open that is not on it. Two Queries.
 */
export const boardRowsOf = async (table: Table<typeof rowsAccess>, audience: string, now: Date) => {
  const [page, openItems] = await Promise.all([
    table.list(
      newsPatterns.feed,
      { audience },
      { limit: newsBoard.holds.rows, consistent: true, newestFirst: true, keep: row => isOpen(row, now) },
    ),
    table.all(newsPatterns.openRows, { audience }, { consistent: true }),
  ])
  if (!page.ok) throw new Error('the first page of a feed was refused')
  const { rows, next } = firstPage(audience, page.value.items, page.value.next)
  const shown = new Set(rows.map(({ id }) => id))
  const open = openItems.filter(row => !shown.has(row.id) && isOpen(row, now)).sort(compareRows)
  return { rows, open, next }
}
