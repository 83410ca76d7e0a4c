import { ok } from '../../../shared/kernel/result.ts'
import { holds } from '../../../shared/kernel/role.ts'
import { childrenConcerned } from '../../../shared/news/rules.ts'
import { directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import type { NewsPlatform, NewsRequest, ReadableNews } from '../relations.ts'
import { readsAlong, seenFact } from './facts.ts'

/**
 * Records that one has seen news: a fact each, of which only the first of a text is written. The stream counts it, and
 * adds it to what Home reads.
 */
export const seen =
  ({ table }: NewsPlatform) =>
  async ({ body, caller, now, related: { published } }: NewsRequest<'seen'>) => {
    // Read once, and only of a teacher who has children in the school.
    let known: Promise<PersonItem | undefined> | undefined
    const childrenOf = async (news: ReadableNews): Promise<string[]> => {
      if (!holds(caller.roles, news.uai, ['guardian']) || !readsAlong(news, caller, [])) return []
      known ??= table.get(directoryPatterns.person, { person: caller.person })
      const person = await known
      return person ? childrenConcerned(news.audiences, person) : []
    }
    const editions = new Map(body.news.map((news, at) => [news, body.editions?.[at] ?? 1]))
    await forEachConcurrent(published, async news => {
      const how = { edition: editions.get(news.id) ?? 1, isAlong: readsAlong(news, caller, await childrenOf(news)) }
      const isWritten = await table.applyIf(seenFact(news, caller, now, { ...how, isFirst: true }))
      if (!isWritten && how.edition > 1) await table.applyIf(seenFact(news, caller, now, { ...how, isFirst: false }))
    })
    return ok({ seen: published.map(({ id }) => id) })
  }
