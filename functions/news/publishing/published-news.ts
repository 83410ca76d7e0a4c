import { editionOf, stateOf } from '../../../shared/news/rules.ts'
import { NewsSummary, type PublishedNews } from '../../../shared/news/shapes.ts'
import { pick } from '../../platform/pick.ts'
import type { CountsItem, NewsItem } from '../patterns.ts'

/**
 * A news item as its author sees it. The counts are of facts of its present text, the people of the last publication or
 * edit: who read
 * it and is no longer addressed must not make it look read by more than all.
 */
export const publishedNews = (
  news: NewsItem,
  stored: Pick<CountsItem, 'seen' | 'signed' | 'edition'> | undefined,
  now: Date,
): PublishedNews => {
  const counts = editionOf(stored) === editionOf(news) ? stored : undefined
  return {
    ...pick(NewsSummary, news),
    audiences: news.audiences.map(({ id, kind, label }) => ({ id, kind, label })),
    state: stateOf(news, now),
    ...(news.notSentTo && { notSentTo: news.notSentTo }),
    people: news.people,
    signers: news.signers,
    seen: Math.min(counts?.seen ?? 0, news.people),
    signed: Math.min(counts?.signed ?? 0, news.signers),
    version: news.version,
  }
}
