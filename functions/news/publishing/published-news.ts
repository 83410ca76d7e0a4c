import { editionOf, stateOf } from '../../../shared/news/rules.ts'
import { NewsSummary, type PublishedNews } from '../../../shared/news/shapes.ts'
import { pick } from '../../platform/pick.ts'
import type { CountsItem, TallyItem } from '../counting/patterns.ts'
import type { NewsItem } from '../patterns.ts'

type Measured = {
  readonly counts?: Pick<CountsItem, 'seen' | 'signed' | 'edition'> | undefined
  readonly tally?: TallyItem | undefined
}

const within = (count: number, most: number): number => Math.max(0, Math.min(count, most))

/**
 * A news item as its author sees it. The counts are of facts of its present text, by people whom it addresses; without a
 * `tally` the people are those of the last publication or edit.
 */
export const publishedNews = (news: NewsItem, { counts: stored, tally }: Measured, now: Date): PublishedNews => {
  const counts = editionOf(stored) === editionOf(news) ? stored : undefined
  const { people, signers } = tally ?? news
  const elsewhere = tally?.elsewhere ?? { seen: 0, signed: 0 }
  return {
    ...pick(NewsSummary, news),
    audiences: news.audiences.map(({ id, kind, label }) => ({ id, kind, label })),
    state: stateOf(news, now),
    ...(news.held && stateOf(news, now) === 'scheduled' && { held: true }),
    ...(news.notSentTo && { notSentTo: news.notSentTo }),
    ...(news.noLongerAllowed && { noLongerAllowed: news.noLongerAllowed }),
    ...(news.accountFrozen && { accountFrozen: true }),
    people,
    signers,
    seen: within((counts?.seen ?? 0) - elsewhere.seen, people),
    signed: within((counts?.signed ?? 0) - elsewhere.signed, signers),
    version: news.version,
  }
}
