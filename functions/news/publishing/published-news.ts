import { stateOf } from '../../../shared/news/rules.ts'
import { NewsSummary, type PublishedNews } from '../../../shared/news/shapes.ts'
import { pick } from '../../platform/pick.ts'
import type { CountsItem, NewsItem } from '../patterns.ts'

/**
 * A news item as its author sees it. The counts are of facts, the people of the last publication or edit: who read
 * it and is no longer addressed must not make it look read by more than all.
 */
export const publishedNews = (
  news: NewsItem,
  counts: Pick<CountsItem, 'seen' | 'signed'> | undefined,
  now: Date,
): PublishedNews => ({
  ...pick(NewsSummary, news),
  audiences: news.audiences.map(({ id, kind, label }) => ({ id, kind, label })),
  state: stateOf(news, now),
  ...(news.notSentTo && { notSentTo: news.notSentTo }),
  people: news.people,
  signers: news.signers,
  seen: Math.min(counts?.seen ?? 0, news.people),
  signed: Math.min(counts?.signed ?? 0, news.signers),
  version: news.version,
})
