import type { NewsSummary, PublishedNews } from '../../../shared/news/shapes.ts'

/** What has been read so far of one audience's news. `more`: a further page is there. */
export type Feed = { readonly audience: string; readonly items: readonly NewsSummary[]; readonly more: boolean }

/** A news item in the merged list, and the audiences of the reader it came through. */
export type FeedEntry = NewsSummary & { readonly audiences: readonly string[] }

export type MergedFeed = {
  readonly items: readonly FeedEntry[]
  /** The audiences whose next page comes first if more is to be shown. Empty: this is all. */
  readonly next: readonly string[]
}

type Placed = Pick<NewsSummary, 'id' | 'pinned' | 'publishedAt'>

/** The order of lists: pinned first, then newest first. Negative if `a` stands before `b`. */
export const compareNews = (a: Placed, b: Placed): number => {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1
  if (a.publishedAt !== b.publishedAt) return a.publishedAt > b.publishedAt ? -1 : 1
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1
}

const newer = (a: NewsSummary, b: NewsSummary): boolean => (a.editedAt ?? '') > (b.editedAt ?? '')

const isReadable = (item: NewsSummary, at: string): boolean =>
  item.publishedAt <= at && (item.until === undefined || item.until > at)

/** Each item once, in the newest version that any audience's copy holds. */
const distinct = (feeds: readonly Feed[]): Map<string, FeedEntry> => {
  const found = new Map<string, FeedEntry>()
  for (const { audience, items } of feeds)
    for (const item of items) {
      const known = found.get(item.id)
      const audiences = [...new Set([...(known?.audiences ?? []), audience])]
      found.set(item.id, { ...(known && !newer(item, known) ? known : item), audiences })
    }
  return found
}

/** What the reader wrote on this device moments ago, as far as they read it themselves: it outdoes every copy. */
const withOwn = (
  found: Map<string, FeedEntry>,
  own: readonly PublishedNews[],
  held: ReadonlySet<string>,
): Map<string, FeedEntry> => {
  for (const { audiences, state, ...item } of own) {
    const through = audiences.flatMap(({ id }) => (held.has(id) ? [id] : []))
    if (state === 'published' && through.length > 0) found.set(item.id, { ...item, audiences: through })
    else found.delete(item.id)
  }
  return found
}

/**
 * One list of several audiences' news, each item once. An item is held back while an audience has a further page in
 * which something may stand before it. What is over by `now` is left out.
 */
export const mergeFeeds = (feeds: readonly Feed[], now: Date, own: readonly PublishedNews[] = []): MergedFeed => {
  const open = feeds.filter(feed => feed.more)
  const frontiers = open.map(feed => ({ audience: feed.audience, last: feed.items[feed.items.length - 1] }))
  const known = frontiers.flatMap(({ last }) => (last ? [last] : []))
  const blind = frontiers.filter(({ last }) => last === undefined).map(({ audience }) => audience)
  const first = known.sort(compareNews)[0]
  const at = now.toISOString()
  const items = [...withOwn(distinct(feeds), own, new Set(feeds.map(feed => feed.audience))).values()]
    .filter(item => isReadable(item, at))
    .filter(item => blind.length === 0 && (first === undefined || compareNews(item, first) <= 0))
    .sort(compareNews)
  const next =
    blind.length > 0
      ? blind
      : frontiers.flatMap(({ audience, last }) => (last && first && compareNews(last, first) === 0 ? [audience] : []))
  return { items, next }
}
