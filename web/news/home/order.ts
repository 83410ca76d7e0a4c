import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { FeedEntry } from '../data/feed.ts'
import type { Marks } from '../data/marks.ts'
import { awaitsSignature, type NewsReader, type ReaderNews, readerNews } from '../data/reading.ts'

/** The news of one reader, as Home shows them. */
export type HomeNews = {
  /** Notices that await the reader's signature, oldest first: the first one has waited longest. */
  readonly toSign: readonly ReaderNews[]
  /** Unread, and urgent or recalled by their author. */
  readonly first: readonly ReaderNews[]
  /** The newest of the rest. */
  readonly latest: readonly ReaderNews[]
  /** How many of what the boards hold of the newest are unread, by child; what concerns two children counts for both. */
  readonly unreadByChild: ReadonlyMap<string, number>
}

/** How many of the newest, or of one's own publications, Home shows. */
const shown = 5

/** What Home is made of: the list as far as it is known, the newest of each audience, all notices that are open. */
export type HomeInput = {
  readonly items: readonly FeedEntry[]
  readonly newest: readonly FeedEntry[]
  readonly notices: readonly FeedEntry[]
}

/** Sorts a reader's news into Home's sections. While `marks` is undefined nothing counts as unread or to be signed. */
export const homeNews = (known: HomeInput, reader: NewsReader, marks: Marks | undefined): HomeNews => {
  const toSign = readerNews(known.notices, reader, marks).filter(one => awaitsSignature(one.signing))
  const awaiting = new Set(toSign.map(one => one.news.id))
  const rest = readerNews(known.items, reader, marks).filter(one => !awaiting.has(one.news.id))
  const first = rest.filter(one => one.unread && (one.news.urgent || one.reminded))
  const latest = rest
    .filter(one => !first.includes(one))
    .sort((a, b) => (a.news.publishedAt < b.news.publishedAt ? 1 : -1))
  const unreadByChild = new Map<string, number>()
  for (const child of readerNews(known.newest, reader, marks)
    .filter(one => one.unread)
    .flatMap(one => one.children))
    unreadByChild.set(child, (unreadByChild.get(child) ?? 0) + 1)
  return {
    toSign: toSign.sort((a, b) => (a.news.publishedAt < b.news.publishedAt ? -1 : 1)),
    first,
    latest: latest.slice(0, shown),
    unreadByChild,
  }
}

/** Milliseconds: what was published longer ago is no longer followed for readers, only for signatures. */
const recent = 21 * 86_400_000

/** Publications that still wait for signatures, then those that wait for readers; each newest first, five at most. */
export const awaited = (published: readonly PublishedNews[], now: Date): PublishedNews[] => {
  const since = new Date(now.getTime() - recent).toISOString()
  const waits = (one: PublishedNews) => one.signed < one.signers
  return published
    .filter(one => one.state === 'published' && (waits(one) || (one.publishedAt >= since && one.seen < one.people)))
    .sort((a, b) => Number(waits(b)) - Number(waits(a)) || (a.publishedAt < b.publishedAt ? 1 : -1))
    .slice(0, shown)
}
