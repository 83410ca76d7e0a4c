import type { Page } from '../../../shared/kernel/page.ts'
import { ok, type Result } from '../../../shared/kernel/result.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Table } from '../../platform/table.ts'
import type { PublicationItem } from '../items.ts'
import { published } from '../publishing/published.ts'
import type { NewsRequest } from '../request.ts'

const pageSize = 20

/** The items of a page of ids, with their counts: two BatchGets. */
const itemsOf = async (table: Table, page: Result<Page<PublicationItem>>, now: Date) => {
  if (!page.ok) return page
  const keys = page.value.items.map(({ id }): [string] => [id])
  const [news, counts] = await Promise.all([table.getMany(patterns.news, keys), table.getMany(patterns.counts, keys)])
  const newsById = new Map(news.map(one => [one.pk, one]))
  const countsById = new Map(counts.map(one => [one.pk, one]))
  const items = page.value.items.flatMap(({ id }) => {
    const pk = patterns.news.key(id).pk
    const one = newsById.get(pk)
    return one ? [published(one, countsById.get(pk), now)] : []
  })
  return ok({ ...page.value, items })
}

/** The news one published or scheduled, by date of publication, newest first. */
export const mine =
  ({ table }: Platform) =>
  async ({ query, caller, now }: NewsRequest<'mine'>) =>
    itemsOf(
      table,
      await table.list(patterns.ofAuthor, [caller.person], {
        limit: pageSize,
        cursor: query.cursor,
        newestFirst: true,
      }),
      now,
    )

/** All the news of a school, for those who run it. */
export const ofSchool =
  ({ table }: Platform) =>
  async ({ params, query, now }: NewsRequest<'ofSchool'>) =>
    itemsOf(
      table,
      await table.list(patterns.ofSchool, [params.uai], { limit: pageSize, cursor: query.cursor, newestFirst: true }),
      now,
    )
