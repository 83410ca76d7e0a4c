import { after, day, epochSeconds } from '../../../shared/kernel/dates.ts'
import { ok } from '../../../shared/kernel/result.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { MarkItem } from '../items.ts'
import type { NewsRequest } from '../request.ts'

const pageSize = 200

/** A mark is kept for a school year and its holidays after it was last touched. */
const lifetime = 400 * day

/** Until when a mark made `now` is kept, in epoch seconds. */
export const markEnd = (now: Date): number => epochSeconds(after(now, lifetime))

/** A mark as its person sees it. */
export const markOf = (news: string, item: Omit<MarkItem, 'pk' | 'sk' | 'expiresAt'> | undefined): NewsMark => ({
  news,
  ...(item?.seenAt !== undefined && { seenAt: item.seenAt }),
  ...(item?.signedAt !== undefined && { signedAt: item.signedAt }),
  ...(item?.signedFor !== undefined && { signedFor: [...item.signedFor].sort() }),
  ...(item?.remindedAt !== undefined && { remindedAt: item.remindedAt }),
})

/** What one did with the news, newest first: one Query, the one private request of Home. */
export const marks =
  ({ table }: Platform) =>
  async ({ query, caller }: NewsRequest<'marks'>) => {
    const page = await table.list(patterns.marks, [caller.person], {
      limit: pageSize,
      cursor: query.cursor,
      newestFirst: true,
    })
    if (!page.ok) return page
    return ok({ ...page.value, items: page.value.items.map(item => markOf(item.news, item)) })
  }
