import { ok } from '../../../shared/kernel/result.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { seenFact } from './facts.ts'

/**
 * Records that one has seen news: a fact each, of which only the first is written. The stream counts it, and adds it to
 * what Home reads.
 */
export const seen =
  ({ table }: NewsPlatform) =>
  async ({ caller, now, related: { published } }: NewsRequest<'seen'>) => {
    await forEachConcurrent(published, news => table.applyIf(seenFact(news, caller, now)))
    return ok({ seen: published.map(({ id }) => id) })
  }
