import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { mayManage } from '../../../shared/news/rules.ts'
import type { Caller } from '../../platform/caller.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Table } from '../../platform/table.ts'
import type { NewsItem } from '../items.ts'

/** The news item, if the caller may manage it; to anyone else there is nothing here. */
export const managed = async (table: Table, id: string, caller: Caller): Promise<Result<NewsItem>> => {
  const news = await table.get(patterns.news, [id], { consistent: true })
  return news && mayManage(news, caller) ? ok(news) : fail(problem('not-found'))
}
