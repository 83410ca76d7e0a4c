import { ok } from '../../../shared/kernel/result.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { seenFact } from './facts.ts'

/**
 * Records that one has seen news: a fact each, of which only the first of a text is written. The stream counts it, and adds it to
 * what Home reads.
 */
export const seen =
  ({ table }: NewsPlatform) =>
  async ({ body, caller, now, related: { published } }: NewsRequest<'seen'>) => {
    const editions = new Map(body.news.map((news, at) => [news, body.editions?.[at] ?? 1]))
    await forEachConcurrent(published, async news => {
      const edition = editions.get(news.id) ?? 1
      const isWritten = await table.applyIf(seenFact(news, caller, now, { edition, isFirst: true }))
      if (!isWritten && edition > 1) await table.applyIf(seenFact(news, caller, now, { edition, isFirst: false }))
    })
    return ok({ seen: published.map(({ id }) => id) })
  }
