import { clock } from '../platform/clock.ts'
import { update } from '../platform/operation.ts'
import { dueAccess } from './access.ts'
import { newsPatterns } from './patterns.ts'
import { newsDue } from './publishing/due.ts'

/**
 * What the clock does when a news item is due to be published or to end: it writes into the item when that was, and the
 * table's stream makes the feeds what they are to be since then.
 */
export const newsClock = clock(dueAccess, {
  kind: newsDue,
  act: async ({ table, now }, { subject: news, at }) => {
    const item = await table.get(newsPatterns.news, { news }, { consistent: true })
    const isStillDue = item && item.withdrawnAt === undefined && [item.publishedAt, item.until].includes(at)
    if (!isStillDue) return []
    const decidedAt = now().toISOString()
    return [update('found due', newsPatterns.news, { news }, { set: { decidedAt } }, { is: { version: item.version } })]
  },
})
