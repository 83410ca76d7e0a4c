import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { readOwnItems } from '../../platform/own-items.ts'
import { newsOfHome } from '../home.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { readMarks } from './facts.ts'

/** What one did with the news of one's audiences, for apps of the release before. */
export const state =
  ({ table }: NewsPlatform) =>
  async ({ caller: { person } }: NewsRequest<'state'>) => {
    const [known, own] = await Promise.all([
      table.get(directoryPatterns.person, { person }),
      readOwnItems(table, person),
    ])
    return known ? ok({ access: known.access, ...newsOfHome(own, known.audiences) }) : fail(problem('session-stale'))
  }

/** What one did with these news items, for pages of older ones. */
export const marked =
  ({ table }: NewsPlatform) =>
  async ({ query: { news }, caller }: NewsRequest<'marked'>) =>
    ok({ items: await readMarks(table, caller, [...new Set(news.split(','))]) })
