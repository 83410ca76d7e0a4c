import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { FeedEntry } from '../data/feed.ts'
import { awaitsSignature, type Marks, type NewsReader, type ReaderNews, readerNews } from '../data/reading.ts'

/** The news of one reader, as Home shows them. */
export type HomeNews = {
  /** Notices that await the reader's signature, oldest first: the first one has waited longest. */
  readonly toSign: readonly ReaderNews[]
  /** Unread, and urgent or recalled by their author. */
  readonly first: readonly ReaderNews[]
  /** The newest of the rest. */
  readonly latest: readonly ReaderNews[]
  /** How many are unread, by child; what concerns two children counts for both. */
  readonly unreadByChild: ReadonlyMap<string, number>
}

/** How many of the newest, or of one's own publications, Home shows. */
const shown = 5

/** Sorts a reader's news into Home's sections. While `marks` is undefined nothing counts as unread or to be signed. */
export const homeNews = (items: readonly FeedEntry[], reader: NewsReader, marks: Marks | undefined): HomeNews => {
  const all = readerNews(items, reader, marks)
  const toSign = all.filter(one => awaitsSignature(one.signing))
  const rest = all.filter(one => !toSign.includes(one))
  const first = rest.filter(one => one.unread && (one.news.urgent || one.reminded))
  const latest = rest
    .filter(one => !first.includes(one))
    .sort((a, b) => (a.news.publishedAt < b.news.publishedAt ? 1 : -1))
  const unreadByChild = new Map<string, number>()
  for (const child of all.filter(one => one.unread).flatMap(one => one.children))
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
