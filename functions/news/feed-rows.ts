import { epochSeconds } from '../../shared/kernel/dates.ts'
import { inlineText } from '../../shared/news/board.ts'
import { stateOf, staysOpen } from '../../shared/news/rules.ts'
import { News, NewsSummary } from '../../shared/news/shapes.ts'
import { put, remove } from '../platform/operation.ts'
import { pick } from '../platform/pick.ts'
import { type FeedItem, type NewsItem, newsPatterns } from './patterns.ts'

/** True if a news item is to be read at `now`, which is judged to be no earlier than its last decision. */
export const isPublished = (news: NewsItem, now: Date): boolean => {
  const { decidedAt } = news
  const at = decidedAt !== undefined && decidedAt > now.toISOString() ? new Date(decidedAt) : now
  return stateOf(news, at) === 'published'
}

const rowOf = (news: NewsItem): FeedItem => ({
  ...pick(NewsSummary, news),
  version: news.version,
  ...(news.attachments && { attachments: news.attachments }),
  ...(news.body.length <= inlineText && {
    opened: {
      body: news.body,
      audiences: news.audiences.map(one => pick(News.shape.audiences.def.element, one)),
    },
  }),
  ...(news.until !== undefined && { expiresAt: epochSeconds(new Date(news.until)) }),
})

/** Where the rows of a published item are: one an audience, and a second one of what stays open. */
const rowKeys = (item: NewsItem) => {
  const { id: news, audiences, publishedAt, pinned } = item
  return {
    feed: audiences.map(({ id: audience }) => ({ audience, pinned: pinned ? '1' : '0', publishedAt, news })),
    open: staysOpen(item) ? audiences.map(({ id: audience }) => ({ audience, publishedAt, news })) : [],
  }
}

const removals = (news: NewsItem) => {
  const { feed, open } = rowKeys(news)
  return [
    ...feed.map(key => remove('left-over', newsPatterns.feedRow, key)),
    ...open.map(key => remove('left-over', newsPatterns.openRow, key)),
  ]
}

const puts = (news: NewsItem) => {
  const { feed, open } = rowKeys(news)
  const row = rowOf(news)
  return [
    ...feed.map(key => put('row', newsPatterns.feedRow, key, row)),
    ...open.map(key => put('row', newsPatterns.openRow, key, row)),
  ]
}

/**
 * The writes that make the rows of a news item those of its present state.
 * @param published the item, or undefined if it is not published.
 * @param images the states it has had, which tell where rows may be.
 */
export const feedWrites = (published: NewsItem | undefined, images: readonly (NewsItem | undefined)[]) => {
  const writes = [...images.flatMap(image => (image ? removals(image) : [])), ...(published ? puts(published) : [])]
  // Of each row the last one: a batch takes each key once.
  return [...new Map(writes.map(one => [`${one.key.pk} ${one.key.sk}`, one])).values()]
}
