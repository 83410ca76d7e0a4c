import type { Page } from '../../../shared/kernel/page.ts'
import { ok, type Result } from '../../../shared/kernel/result.ts'
import { newsPatterns } from '../patterns.ts'
import { publishedNews } from '../publishing/published-news.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { readTallies } from './tally.ts'

const pageSize = 20

/** The items of a page of ids, with their counts: four BatchGets, and the rosters of what has changed. */
const itemsOf = async ({ table }: NewsPlatform, page: Result<Page<{ id: string }>>, now: Date) => {
  if (!page.ok) return page
  const keys = page.value.items.map(({ id }) => ({ news: id }))
  const [news, counts] = await Promise.all([
    table.getMany(newsPatterns.news, keys),
    table.getMany(newsPatterns.counts, keys),
  ])
  const known = news.flatMap((one, at) => (one ? [{ news: one, counts: counts[at] }] : []))
  const tallies = await readTallies(
    table,
    known.map(one => one.news),
  )
  return ok({
    ...page.value,
    items: known.map((one, at) => publishedNews(one.news, { counts: one.counts, tally: tallies[at] }, now)),
  })
}

/** The news one published or scheduled, by date of publication, newest first. */
export const mine =
  (platform: NewsPlatform) =>
  async ({ query: { cursor }, caller, now }: NewsRequest<'mine'>) => {
    const options = { limit: pageSize, cursor, newestFirst: true }
    return itemsOf(platform, await platform.table.list(newsPatterns.ofAuthor, { author: caller.person }, options), now)
  }

/** All the news of a school, for those who run it. */
export const ofSchool =
  (platform: NewsPlatform) =>
  async ({ params: { uai }, query: { cursor }, now }: NewsRequest<'ofSchool'>) => {
    const options = { limit: pageSize, cursor, newestFirst: true }
    return itemsOf(platform, await platform.table.list(newsPatterns.ofSchool, { uai }, options), now)
  }
