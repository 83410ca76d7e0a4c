import { holdsGuardians, isOpenToAnswers } from '../../../shared/news/rules.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { FeedEntry } from '../data/feed.ts'
import type { Marks } from '../data/marks.ts'
import { awaitsSignature, type NewsReader, type ReaderNews, readerNews } from '../data/reading.ts'
import type { Whole } from '../data/whole.ts'

/** What there is for a child; what concerns two children counts for both. */
export type ChildCounts = {
  readonly toSign: number
  readonly unread: number
  /** False where notices, or older news, are not known: then the number is of a part, and says so. */
  readonly isAll: { readonly toSign: boolean; readonly unread: boolean }
}

/** The news of one reader, as Home shows them. */
export type HomeNews = {
  /** Of others: unread or to be signed, newest first; then the rest of those published today. */
  readonly urgent: readonly ReaderNews[]
  /**
   * Notices that await the reader's signature, oldest first: the first one has waited longest. Those whose deadline has passed,
   * which nobody can answer any more, come last. Without the urgent ones.
   */
  readonly toSign: readonly ReaderNews[]
  /** Unread, and recalled by their author. */
  readonly first: readonly ReaderNews[]
  /** The rest, newest first. */
  readonly unread: readonly ReaderNews[]
  readonly read: readonly ReaderNews[]
  readonly ofChild: (child: string) => ChildCounts
}

/** How many of the newest, or of one's own publications, Home shows. */
const shown = 5

/** What Home is made of: the list as far as it is known, the newest of each audience, and what stays open behind them. */
export type HomeInput = {
  readonly items: readonly FeedEntry[]
  readonly newest: readonly FeedEntry[]
  readonly open: readonly FeedEntry[]
  readonly whole: Whole
}

const newestFirst = (a: ReaderNews, b: ReaderNews): number => (a.news.publishedAt < b.news.publishedAt ? 1 : -1)

/** Each item once. */
const eachOf = (...lists: readonly (readonly FeedEntry[])[]): FeedEntry[] => [
  ...new Map(lists.flat().map(news => [news.id, news])).values(),
]

/** True while an urgent item is shown in full: until it is read and, if that is asked, signed. */
export const isPressing = ({ news, unread, signing }: ReaderNews): boolean =>
  news.urgent && (unread || awaitsSignature(signing))

/** True if a notice can be answered no more. */
export const isOver = ({ news }: ReaderNews, now: Date): boolean => !isOpenToAnswers(news, now)

/**
 * Sorts a reader's news into Home's sections. While `marks` is undefined nothing counts as unread or to be signed.
 * `isToday`: whether an instant is of today; `now`: which deadlines have passed.
 */
export const homeNews = (
  { items, newest, open, whole }: HomeInput,
  reader: NewsReader,
  marks: Marks | undefined,
  isToday: (at: string) => boolean,
  now: Date,
): HomeNews => {
  const toSign = readerNews(open, reader, marks).filter(one => awaitsSignature(one.signing))
  const each = readerNews(eachOf(items, newest, open), reader, marks)
  const urgent = each
    .filter(({ news }) => news.urgent && news.author.id !== reader.person.id)
    .filter(one => isPressing(one) || isToday(one.news.publishedAt))
    .sort((a, b) => Number(isPressing(b)) - Number(isPressing(a)) || newestFirst(a, b))
  const placed = new Set([...urgent, ...toSign].map(one => one.news.id))
  const rest = readerNews(items, reader, marks).filter(one => !placed.has(one.news.id))
  const isRecalled = (one: ReaderNews) => one.unread && one.reminded
  const first = each.filter(one => isRecalled(one) && !placed.has(one.news.id)).sort(newestFirst)
  const latest = rest.filter(one => !isRecalled(one)).sort(newestFirst)
  const unread = readerNews(eachOf(newest, open), reader, marks).filter(one => one.unread)
  return {
    urgent,
    toSign: toSign
      .filter(one => !one.news.urgent)
      .sort((a, b) => Number(isOver(a, now)) - Number(isOver(b, now)) || -newestFirst(a, b)),
    first,
    unread: latest.filter(one => one.unread).slice(0, shown),
    read: latest.filter(one => !one.unread).slice(0, shown),
    ofChild: child => {
      const through = reader.audiences.filter(
        ({ kind, children = [] }) => holdsGuardians(kind) && children.includes(child),
      )
      const isUnsigned = ({ signing }: ReaderNews) =>
        signing.by !== 'pupil' || signing.children.some(one => one.id === child && !one.signed)
      return {
        toSign: toSign.filter(one => one.children.includes(child) && isUnsigned(one)).length,
        unread: unread.filter(one => one.children.includes(child)).length,
        isAll: {
          toSign: through.every(({ id }) => whole.notices.has(id)),
          unread: through.every(({ id }) => whole.rows.has(id)),
        },
      }
    },
  }
}

/**
 * What may be said where nothing is awaited: `done`, everybody has seen and signed all that is published, of which no part is
 * missing here (`isAll`); `recent-done`, the recent part of it; undefined: nothing of what is published is known.
 */
export const howSeen = ({
  items,
  isAll,
}: {
  readonly items: readonly PublishedNews[]
  readonly isAll: boolean
}): 'done' | 'recent-done' | undefined => {
  const current = items.filter(one => one.state === 'published')
  if (isAll && current.every(one => one.signed >= one.signers && one.seen >= one.people)) return 'done'
  return current.length > 0 ? 'recent-done' : undefined
}

/** Milliseconds: what was published longer ago is no longer followed for readers, only for signatures. */
const recent = 21 * 86_400_000

/** Publications that still wait for signatures, and those that wait for readers alone; each newest first, five at most. */
export const awaited = (
  published: readonly PublishedNews[],
  now: Date,
): { readonly unsigned: readonly PublishedNews[]; readonly unseen: readonly PublishedNews[] } => {
  const since = new Date(now.getTime() - recent).toISOString()
  const current = published
    .filter(one => one.state === 'published')
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
  const waits = (one: PublishedNews) => one.signed < one.signers
  return {
    unsigned: current.filter(waits).slice(0, shown),
    unseen: current.filter(one => !waits(one) && one.publishedAt >= since && one.seen < one.people).slice(0, shown),
  }
}
