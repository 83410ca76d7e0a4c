import * as z from 'zod/mini'
import { epochSeconds } from '../../../shared/kernel/dates.ts'
import { type Operation, put, remove } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import { NewsItem, newsKeys } from '../items.ts'
import type { NewsChange } from './deliver.ts'

type Place = Parameters<typeof newsKeys.feed>

/** Where a news item stands in the feeds: one row an audience, none once it is taken back. */
const placesOf = (news: NewsItem | undefined): Map<string, Place> =>
  new Map(
    !news || news.withdrawnAt !== undefined
      ? []
      : news.audiences.map(({ id }) => {
          const place: Place = [id, news.pinned, news.publishedAt, news.id]
          const { pk, sk } = newsKeys.feed(...place)
          return [`${pk} ${sk}`, place] as const
        }),
  )

const rowOf = ({ id, uai, schoolName, title, excerpt, author, publishedAt, ...news }: NewsItem) => ({
  id,
  uai,
  schoolName,
  title,
  excerpt,
  author,
  publishedAt,
  until: news.until,
  editedAt: news.editedAt,
  pinned: news.pinned,
  urgent: news.urgent,
  notice: news.notice,
  ...(news.until !== undefined && { expiresAt: epochSeconds(new Date(news.until)) }),
})

const image = (stored: unknown): NewsItem | undefined => (stored === undefined ? undefined : z.parse(NewsItem, stored))

/**
 * Brings the feeds to what the news item is *now*: the images only say where rows may be left over. So a record sent
 * twice, late, or after a newer one ends in the same rows.
 */
export const deliverFeed = async ({ table }: Platform, news: string, changes: readonly NewsChange[]): Promise<void> => {
  const current = await table.get(patterns.news, [news], { consistent: true })
  const wanted = placesOf(current)
  const leftOver = new Map<string, Place>()
  for (const { before, after } of changes)
    for (const [key, place] of [...placesOf(image(before)), ...placesOf(image(after))])
      if (!wanted.has(key)) leftOver.set(key, place)
  const operations: Operation[] = [
    ...[...leftOver.values()].map(place => remove('left-over', patterns.feedRow, place)),
    ...(current ? [...wanted.values()].map(place => put('row', patterns.feedRow, place, rowOf(current))) : []),
  ]
  for (let at = 0; at < operations.length; at += 100) {
    const done = await table.transact(operations.slice(at, at + 100))
    if (!done.ok) throw new Error('the feeds of a news item are busy')
  }
}
