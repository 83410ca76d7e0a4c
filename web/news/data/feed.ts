import type { BoardNews } from '../../../shared/news/board.ts'
import type { NewsSummary, PublishedNews } from '../../../shared/news/shapes.ts'

/** A row of a board, or of a page that the API gave, which has neither version nor text. */
export type FeedRow = NewsSummary & Partial<Pick<BoardNews, 'version' | 'opened' | 'text'>>

/** One audience's news as far as it has been read. `more`: there is a further page. */
export type Feed = { readonly audience: string; readonly items: readonly FeedRow[]; readonly more: boolean }

/**
 * A news item of the merged list. `audiences`: those of the reader whose feeds hold it. `source`: the one whose row this
 * is, with whose board its `text` is stored.
 */
export type FeedEntry = FeedRow & { readonly audiences: readonly string[]; readonly source?: string | undefined }

export type MergedFeed = {
  readonly items: readonly FeedEntry[]
  /** The audiences whose next page has to be read to show more. Empty: the list is complete. */
  readonly next: readonly string[]
}

type Sortable = Pick<NewsSummary, 'id' | 'pinned' | 'publishedAt'>

/** The order of lists: pinned first, then newest first. Negative if `a` stands before `b`. */
export const compareNews = (a: Sortable, b: Sortable): number => {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1
  if (a.publishedAt !== b.publishedAt) return a.publishedAt > b.publishedAt ? -1 : 1
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1
}

/** True if `a` is to be shown rather than `b`, another row of the same item: pages of the API tell no version. */
const isNewer = (a: FeedRow, b: FeedRow): boolean => {
  if (a.version !== undefined && b.version !== undefined) return a.version > b.version
  if (a.editedAt !== b.editedAt) return (a.editedAt ?? '') > (b.editedAt ?? '')
  return a.version !== undefined
}

const isReadable = (item: NewsSummary, at: string): boolean =>
  item.publishedAt <= at && (item.until === undefined || item.until > at)

/** Each item once, in the newest version of all feeds. */
const distinct = (feeds: readonly Pick<Feed, 'audience' | 'items'>[]): Map<string, FeedEntry> => {
  const found = new Map<string, FeedEntry>()
  for (const { audience, items } of feeds)
    for (const item of items) {
      const known = found.get(item.id)
      const audiences = [...new Set([...(known?.audiences ?? []), audience])]
      found.set(item.id, { ...(known && !isNewer(item, known) ? known : { ...item, source: audience }), audiences })
    }
  return found
}

/** Replaces items by what the reader wrote on this device within the last minute, unless the feeds show it already. */
const withRecentlyWritten = (
  found: Map<string, FeedEntry>,
  own: readonly PublishedNews[],
  readersAudiences: ReadonlySet<string>,
): Map<string, FeedEntry> => {
  for (const { audiences, state, ...item } of own) {
    if ((found.get(item.id)?.version ?? 0) >= item.version) continue
    const through = audiences.flatMap(({ id }) => (readersAudiences.has(id) ? [id] : []))
    if (state === 'published' && through.length > 0) found.set(item.id, { ...summaryOf(item), audiences: through })
    else found.delete(item.id)
  }
  return found
}

/** Without what only the author is told. */
const summaryOf = ({
  people: _people,
  signers: _signers,
  seen: _seen,
  signed: _signed,
  ...row
}: Omit<PublishedNews, 'audiences' | 'state'>): FeedRow => row

/** What feeds hold, whether they are complete or not: each item once, readable at `now`, in the order of lists. */
export const mergeRows = (
  feeds: readonly Pick<Feed, 'audience' | 'items'>[],
  now: Date,
  own: readonly PublishedNews[] = [],
): readonly FeedEntry[] =>
  [...withRecentlyWritten(distinct(feeds), own, new Set(feeds.map(feed => feed.audience))).values()]
    .filter(item => isReadable(item, now.toISOString()))
    .sort(compareNews)

const nothing: ReadonlySet<string> = new Set()

/**
 * Merges several audiences' news into one list, each item once. An item is not shown while some audience has an unread
 * page whose items may come before it, unless it is one of `shown`: what a screen shows already does not go from it
 * because an audience was long in coming. Items that have ended by `now` are left out.
 */
export const mergeFeeds = (
  feeds: readonly Feed[],
  now: Date,
  own: readonly PublishedNews[] = [],
  shown = nothing,
): MergedFeed => {
  const open = feeds.filter(feed => feed.more)
  const frontiers = open.map(feed => ({ audience: feed.audience, last: feed.items[feed.items.length - 1] }))
  const known = frontiers.flatMap(({ last }) => (last ? [last] : []))
  const unread = frontiers.filter(({ last }) => last === undefined).map(({ audience }) => audience)
  const first = known.sort(compareNews)[0]
  const items = mergeRows(feeds, now, own).filter(
    item => shown.has(item.id) || (unread.length === 0 && (first === undefined || compareNews(item, first) <= 0)),
  )
  const next =
    unread.length > 0
      ? unread
      : frontiers.flatMap(({ audience, last }) => (last && first && compareNews(last, first) === 0 ? [audience] : []))
  return { items, next }
}
