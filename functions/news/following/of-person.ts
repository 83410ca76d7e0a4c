import { after, day } from '../../../shared/kernel/dates.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { platformPatterns } from '../../platform/patterns.ts'
import { countPatterns } from '../counting/patterns.ts'
import { type NewsItem, newsPatterns } from '../patterns.ts'
import { publishedNews } from '../publishing/published-news.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'

/** Publications that are looked at: the newest of the author, and the newest of each school. */
const mostOfList = 50
const most = 100

/** Whether a publication is somebody's: they wrote it, or they were the last one to address what somebody else wrote. */
const isBy = (person: string, { author, addressedBy }: NewsItem) => author.id === person || addressedBy === person

/**
 * What somebody published, changed or scheduled lately in the caller's schools, so that it can be taken back where somebody
 * else used their account. A change of what somebody else wrote is among it if that is one of its school's newest 50.
 */
export const ofPerson =
  ({ table }: NewsPlatform) =>
  async ({ now, related: { publisher } }: NewsRequest<'ofPerson'>) => {
    const { id, schools } = publisher
    const options = { limit: mostOfList, newestFirst: true }
    const [frozen, own, ...ofSchools] = await Promise.all([
      table.get(platformPatterns.freeze, { person: id }),
      table.list(newsPatterns.ofAuthor, { author: id }, options),
      ...schools.map(uai => table.list(newsPatterns.ofSchool, { uai }, options)),
    ])
    const since = after(frozen ? new Date(frozen.at) : now, -day).toISOString()
    const ids = new Set([own, ...ofSchools].flatMap(page => (page.ok ? page.value.items.map(row => row.id) : [])))
    const keys = [...ids].map(news => ({ news }))
    const found = (await table.getMany(newsPatterns.news, keys)).flatMap(news => news ?? [])
    const lately = found
      .filter(news => isBy(id, news) && schools.includes(news.uai))
      .filter(({ publishedAt, editedAt = '' }) => publishedAt >= since || editedAt >= since)
      .sort((a, b) => b.publishedAt.localeCompare(a.publishedAt))
      .slice(0, most)
    const counts = await table.getMany(
      countPatterns.counts,
      lately.map(({ id: news }) => ({ news })),
    )
    return ok({ items: lately.map((news, at) => publishedNews(news, { counts: counts[at] }, now)) })
  }
