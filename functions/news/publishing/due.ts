import type { Dated } from '../../../shared/news/rules.ts'
import { type Due, due } from '../../platform/due.ts'

/** The kind of due items of the news: a news item's publication, or its end. */
export const newsDue = 'news'

/** When the state of a news item changes after `now`: at its publication and at its end. */
const duesOf = (news: (Dated & { readonly id: string }) | undefined, now: Date): Due[] =>
  !news || news.withdrawnAt !== undefined
    ? []
    : [news.publishedAt, news.until]
        .filter(at => at !== undefined && at > now.toISOString())
        .map(at => ({ kind: newsDue, subject: news.id, at: at as string }))

/**
 * The due items of a news item as a write makes them: `before` and `after` are the item, or undefined where there is
 * none. What is due already is left to the clock, which finds what there is to do.
 */
export const newsDues = (before: Parameters<typeof duesOf>[0], after: Parameters<typeof duesOf>[0], now: Date) =>
  due(duesOf(before, now), duesOf(after, now))
