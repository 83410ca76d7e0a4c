import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { argsOf } from '../../platform/pattern.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { sinceOf } from './entry.ts'
import { readMarks } from './facts.ts'
import { hasActs, markOfEntry } from './items.ts'
import { unpack } from './packed.ts'

/** What one did with the news of each of one's audiences: one Query. */
const readMarksOf = async (table: NewsPlatform['table'], person: string) => {
  const audiences = []
  for await (const page of table.pages(newsPatterns.marksOf, { person }))
    for (const { key, item } of page) {
      const audience = argsOf(newsPatterns.marks, key)?.audience ?? ''
      const marks = unpack(item.news)
      const since = sinceOf(marks)
      audiences.push({
        audience,
        seen: marks.entries.filter(one => one.seen).map(one => one.news),
        ...(since !== undefined && { since }),
        acts: marks.entries.filter(hasActs).map(markOfEntry),
      })
    }
  return audiences
}

/** What one did with the news of one's audiences: one Query and one GetItem, the one private read of Home. */
export const state =
  ({ table }: NewsPlatform) =>
  async ({ caller: { person } }: NewsRequest<'state'>) => {
    const [audiences, known] = await Promise.all([
      readMarksOf(table, person),
      table.get(directoryPatterns.person, { person }),
    ])
    if (!known) return fail(problem('session-stale'))
    const held = new Set(known.audiences.map(({ id }) => id))
    return ok({ access: known.access, audiences: audiences.filter(({ audience }) => held.has(audience)) })
  }

/** What one did with these news items, for pages of older ones. */
export const marked =
  ({ table }: NewsPlatform) =>
  async ({ query: { news }, caller }: NewsRequest<'marked'>) =>
    ok({ items: await readMarks(table, caller, [...new Set(news.split(','))]) })
