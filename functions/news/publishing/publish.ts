import { timeId } from '../../../shared/kernel/ids.ts'
import { datesOf } from '../../../shared/news/rules.ts'
import { put } from '../../platform/operation.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsItem } from '../items.ts'
import type { NewsRequest } from '../request.ts'
import { addressOf } from './address.ts'
import { excerpt } from './excerpt.ts'
import { published } from './published.ts'

/** Publishes now or later: the item and its two index rows. The table's stream puts it into its audiences' feeds. */
export const publish =
  ({ table }: Platform) =>
  async ({ body: draft, caller, now, commit }: NewsRequest<'publish'>) => {
    const dates = datesOf(draft, now)
    if (!dates.ok) return dates
    const address = await addressOf(table, caller, draft)
    if (!address.ok) return address
    const { publishedAt } = dates.value
    const id = timeId(new Date(publishedAt))
    const { uai, title, body, pinned, urgent, notice } = draft
    const news = {
      id,
      uai,
      title,
      body,
      excerpt: excerpt(body),
      pinned,
      urgent,
      notice,
      ...dates.value,
      ...address.value,
      version: 1,
    } satisfies Omit<NewsItem, 'pk' | 'sk'>
    return commit(
      [
        put('news', patterns.news, [id], news, { absent: true }),
        put('author-row', patterns.ofAuthorRow, [caller.person, publishedAt, id], { id }),
        put('school-row', patterns.ofSchoolRow, [uai, publishedAt, id], { id }),
      ],
      published({ ...news, pk: '', sk: '' }, undefined, now),
    )
  }
