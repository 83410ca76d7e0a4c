import type { PublishedNews } from '../../shared/news/shapes.ts'
import type { FeedEntry } from '../news/data/feed.ts'
import { awaitsSignature, type Marks, type NewsReader, type ReaderNews, readerNews } from '../news/data/reading.ts'

export type Answers = {
  /** Notices that await the reader's signature, oldest first: the first one has waited longest. */
  readonly toSign: readonly ReaderNews[]
  /** Unread, and urgent or recalled by their author. */
  readonly first: readonly ReaderNews[]
  /** The newest of the rest. */
  readonly latest: readonly ReaderNews[]
  /** How much is unread, for each child; what concerns two children counts for both. */
  readonly unreadOf: ReadonlyMap<string, number>
  /** How much is unread in all. */
  readonly unread: number
}

const shown = 5

/** What Home tells a reader. Without `marks` nothing is claimed to be unread or to sign: it is not known yet. */
export const answersOf = (items: readonly FeedEntry[], reader: NewsReader, marks: Marks | undefined): Answers => {
  const all = readerNews(items, reader, marks)
  const toSign = all.filter(one => awaitsSignature(one.signing))
  const rest = all.filter(one => !toSign.includes(one))
  const first = rest.filter(one => one.unread && (one.news.urgent || one.reminded))
  const latest = rest
    .filter(one => !first.includes(one))
    .sort((a, b) => (a.news.publishedAt < b.news.publishedAt ? 1 : -1))
  const unread = all.filter(one => one.unread)
  const unreadOf = new Map<string, number>()
  for (const child of unread.flatMap(one => one.children)) unreadOf.set(child, (unreadOf.get(child) ?? 0) + 1)
  return {
    toSign: toSign.sort((a, b) => (a.news.publishedAt < b.news.publishedAt ? -1 : 1)),
    first,
    latest: latest.slice(0, shown),
    unreadOf,
    unread: unread.length,
  }
}

const recent = 21 * 86_400_000

/** What an author, or those who run a school, still wait for: signatures first, then readers; newest first. */
export const awaited = (published: readonly PublishedNews[], now: Date): PublishedNews[] => {
  const since = new Date(now.getTime() - recent).toISOString()
  const waits = (one: PublishedNews) => one.signed < one.signers
  return published
    .filter(one => one.state === 'published' && (waits(one) || (one.publishedAt >= since && one.seen < one.people)))
    .sort((a, b) => Number(waits(b)) - Number(waits(a)) || (a.publishedAt < b.publishedAt ? 1 : -1))
    .slice(0, shown)
}
