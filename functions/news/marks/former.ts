import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { cursorOf, sortKeyOf } from '../../platform/table.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import type { Entry } from './entry.ts'
import { readMarks, seenFact } from './facts.ts'
import { markOfEntry } from './items.ts'
import { unpack } from './packed.ts'

const marksPageSize = 100
const prefix = 'NEWS#'

/** What one did with the news, newest first: the route that `state` and `marked` replace. */
export const marks =
  ({ table }: NewsPlatform) =>
  async ({ query: { cursor }, caller: { person } }: NewsRequest<'marks'>) => {
    const from = cursor === undefined ? undefined : sortKeyOf(cursor, prefix)
    if (cursor !== undefined && from === undefined)
      return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
    const entries = new Map<string, Entry>()
    for (const { news } of await table.all(newsPatterns.marksOf, { person }))
      for (const entry of unpack(news).entries) entries.set(entry.news, entry)
    const left = [...entries.values()]
      .sort((a, b) => (a.news > b.news ? -1 : 1))
      .filter(({ news }) => from === undefined || prefix + news < from)
    const page = left.slice(0, marksPageSize)
    const seen = await table.getMany(
      newsPatterns.seen,
      page.map(({ news }) => ({ news, person })),
    )
    const last = left.length > page.length ? page.at(-1) : undefined
    return ok({
      items: page.map((entry, at) => ({ ...markOfEntry(entry), ...(seen[at] && { seenAt: seen[at].at }) })),
      ...(last && { next: cursorOf(prefix + last.news) }),
    })
  }

/** Records that one has opened a news item: the route that `seen` replaces. */
export const see =
  ({ table }: NewsPlatform) =>
  async ({ caller, now, commit, related: { readable } }: NewsRequest<'see'>) => {
    const { id: news } = readable
    const [known] = await readMarks(table, caller, [news])
    if (known?.seenAt !== undefined) return commit([], known)
    const done = await commit([seenFact(readable, caller, now)], { ...known, news, seenAt: now.toISOString() })
    if (done.ok || done.problem.type !== 'conflict') return done
    // Another device of the same person was first, between the read and the write.
    const fact = await table.get(newsPatterns.seen, { news, person: caller.person }, { consistent: true })
    return commit([], { ...known, news, seenAt: fact?.at ?? now.toISOString() })
  }
