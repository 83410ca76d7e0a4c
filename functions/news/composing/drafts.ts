import { day, epochSeconds } from '../../../shared/kernel/dates.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { keptDraftLimits } from '../../../shared/news/kept-draft.ts'
import { put } from '../../platform/operation.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'

/** What somebody has begun to write for a school, so that they go on with it on another device: one item a person and school. */

/** One's own draft for a school, as it was kept last from any device. */
export const keptDraft =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai }, caller: { person } }: NewsRequest<'keptDraft'>) => {
    const item = await table.get(newsPatterns.draft, { person, uai }, { consistent: true })
    return ok(item ? { draft: { ...(item.form !== undefined && { form: item.form }), at: item.at } } : {})
  }

/**
 * Keeps a draft, or that it is done with, unless a later one is kept. That it is done with is kept as well: a request that
 * was slow does not bring back what was published.
 */
export const keepDraft =
  () =>
  ({ params: { uai }, body: { form, at }, caller: { person }, now, commit }: NewsRequest<'keepDraft'>) => {
    // By a clock that is ahead nothing is later than what is done now.
    const changedAt = at > now.toISOString() ? now.toISOString() : at
    const expiresAt = epochSeconds(now) + keptDraftLimits.days * day
    const item = { ...(form !== undefined && { form }), at: changedAt, expiresAt }
    const isLatest = { any: [{ absent: true }, { notAbove: { at: changedAt } }] } as const
    const operations = [put('draft', newsPatterns.draft, { person, uai }, item, isLatest)]
    return commit(operations, undefined, { refused: () => problem('conflict') })
  }
