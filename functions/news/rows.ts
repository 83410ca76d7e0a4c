import { uses } from '../platform/access.ts'
import type { ListOptions, Table } from '../platform/table.ts'
import { type FeedItem, newsPatterns } from './patterns.ts'

const rowsAccess = uses({ query: [newsPatterns.feed] })

/**
 * True if the news of a row has not ended. That it is published is not looked at: it has no row before, and a function
 * whose clock is slow would miss it.
 */
export const isOpen = ({ until }: FeedItem, now: Date): boolean => until === undefined || until > now.toISOString()

/** A page of an audience's rows that have not ended, pinned first, then newest first: it is full or the last one. */
export const openRows = (
  table: Table<typeof rowsAccess>,
  audience: string,
  now: Date,
  options: Omit<ListOptions, 'keep' | 'newestFirst'>,
) => table.list(newsPatterns.feed, { audience }, { ...options, newestFirst: true, keep: row => isOpen(row, now) })
