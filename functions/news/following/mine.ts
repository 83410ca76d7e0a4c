import type { Page } from '../../../shared/kernel/page.ts'
import { ok, type Result } from '../../../shared/kernel/result.ts'
import { stateOf } from '../../../shared/news/rules.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import type { ItemOf } from '../../platform/pattern.ts'
import { countPatterns } from '../counting/patterns.ts'
import { newsPatterns } from '../patterns.ts'
import { publishedNews } from '../publishing/published-news.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { readTallies } from './tally.ts'

const pageSize = 20

/**
 * How many reads are made for a page of what was published alone: an author may have scheduled or withdrawn any number of
 * what is newer. What these reads do not find is left to the following page.
 */
const mostReads = 5

type News = ItemOf<typeof newsPatterns.news>
type Ids = (options: {
  readonly limit: number
  readonly cursor: string | undefined
  readonly newestFirst: true
}) => Promise<Result<Page<{ id: string }>>>

/**
 * A page of news by a list of their ids: one whose item is gone, erased since, does not leave the page short. `isPublished`:
 * of those alone of which it is true, as far as {@link mostReads} find them.
 */
const newsOf = async (
  { table }: NewsPlatform,
  list: Ids,
  from: string | undefined,
  isPublished?: (news: News) => boolean,
): Promise<Result<Page<News>>> => {
  const items: News[] = []
  let cursor = from
  let reads = 0
  do {
    const page = await list({ limit: pageSize - items.length, cursor, newestFirst: true })
    if (!page.ok) return page
    const found = await table.getMany(
      newsPatterns.news,
      page.value.items.map(({ id }) => ({ news: id })),
    )
    items.push(...found.flatMap(one => (one && (!isPublished || isPublished(one)) ? one : [])))
    reads++
    cursor = page.value.next
  } while (cursor !== undefined && items.length < pageSize && !(isPublished && reads >= mostReads))
  return ok({ items, ...(cursor !== undefined && { next: cursor }) })
}

/**
 * A page of publications with their counts: four BatchGets, and the rosters of what has changed. The first page tells the
 * version of the caller's access too: it is what Home asks for those who publish and have no children.
 */
const published = async (
  platform: NewsPlatform,
  list: Ids,
  { query: { cursor, only }, caller: { person }, now }: Pick<NewsRequest<'mine'>, 'query' | 'caller' | 'now'>,
) => {
  const { table } = platform
  const [page, reader] = await Promise.all([
    newsOf(platform, list, cursor, only && (news => !['scheduled', 'withdrawn'].includes(stateOf(news, now)))),
    cursor === undefined ? table.get(directoryPatterns.person, { person }) : undefined,
  ])
  if (!page.ok) return page
  const { items, next } = page.value
  const [counts, tallies] = await Promise.all([
    table.getMany(
      countPatterns.counts,
      items.map(({ id }) => ({ news: id })),
    ),
    readTallies(table, items),
  ])
  return ok({
    items: items.map((one, at) => publishedNews(one, { counts: counts[at], tally: tallies[at] }, now)),
    ...(next !== undefined && { next }),
    ...(reader && { access: reader.access }),
  })
}

/** The news one published or scheduled, by date of publication, newest first. */
export const mine = (platform: NewsPlatform) => (request: NewsRequest<'mine'>) =>
  published(
    platform,
    options => platform.table.list(newsPatterns.ofAuthor, { author: request.caller.person }, options),
    request,
  )

/** All the news of a school, for those who run it. */
export const ofSchool = (platform: NewsPlatform) => (request: NewsRequest<'ofSchool'>) =>
  published(
    platform,
    options => platform.table.list(newsPatterns.ofSchool, { uai: request.params.uai }, options),
    request,
  )
