import type { z } from 'zod/mini'
import { stateOf } from '../../../shared/news/rules.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { CountsItem, NewsItem } from '../items.ts'

type Published = z.infer<typeof PublishedNews>

/**
 * A news item as its author sees it. The counts are of facts, the people of the last publication or edit: who read
 * it and is no longer addressed must not make it look read by more than all.
 */
export const published = (
  news: NewsItem,
  counts: Pick<CountsItem, 'seen' | 'signed'> | undefined,
  now: Date,
): Published => ({
  id: news.id,
  uai: news.uai,
  schoolName: news.schoolName,
  title: news.title,
  excerpt: news.excerpt,
  author: news.author,
  publishedAt: news.publishedAt,
  ...(news.editedAt !== undefined && { editedAt: news.editedAt }),
  ...(news.until !== undefined && { until: news.until }),
  pinned: news.pinned,
  urgent: news.urgent,
  notice: news.notice,
  audiences: news.audiences.map(({ id, kind, label }) => ({ id, kind, label })),
  state: stateOf(news, now),
  people: news.people,
  signers: news.signers,
  seen: Math.min(counts?.seen ?? 0, news.people),
  signed: Math.min(counts?.signed ?? 0, news.signers),
  version: news.version,
})
