import { directoryPatterns } from '../directory/audiences.ts'
import { clock } from '../platform/clock.ts'
import { update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import { dueAccess } from './access.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import { newsDue } from './publishing/due.ts'

/** Those of an item's audiences whose class or group is there no more. */
const closedOf = async (
  { table }: Background<typeof dueAccess>,
  { audiences }: NewsItem,
): Promise<NewsItem['audiences']> => {
  const ofGroups = audiences.filter(({ group }) => group !== undefined)
  const found = await table.getMany(
    directoryPatterns.audience,
    ofGroups.map(({ id: audience }) => ({ audience })),
  )
  return ofGroups.filter((_, at) => found[at] === undefined)
}

/** An item that was scheduled for closed classes goes to its other audiences; without any it is taken back. */
const withoutClosed = (item: NewsItem, closed: NewsItem['audiences'], decidedAt: string) => {
  if (closed.length === 0) return {}
  const ids = new Set(closed.map(({ id }) => id))
  const audiences = item.audiences.filter(({ id }) => !ids.has(id))
  const notSentTo = closed.map(({ id, kind, label }) => ({ id, kind, label }))
  return audiences.length > 0 ? { audiences, notSentTo } : { notSentTo, withdrawnAt: decidedAt }
}

/**
 * What the clock does when a news item is due to be published or to end: it writes into the item when that was, and the
 * table's stream makes the feeds what they are to be since then.
 */
export const newsClock = clock(dueAccess, {
  kind: newsDue,
  act: async (background, { subject: news, at }) => {
    const item = await background.table.get(newsPatterns.news, { news }, { consistent: true })
    const isStillDue = item && item.withdrawnAt === undefined && [item.publishedAt, item.until].includes(at)
    if (!isStillDue) return []
    const decidedAt = background.now().toISOString()
    const closed = at === item.publishedAt ? await closedOf(background, item) : []
    const set = { decidedAt, ...withoutClosed(item, closed, decidedAt) }
    return [update('found due', newsPatterns.news, { news }, { set }, { is: { version: item.version } })]
  },
})
