import { mayPublishTo } from '../../shared/news/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { hidden } from '../documents/attachments.ts'
import { clock } from '../platform/clock.ts'
import { check, update } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
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

/**
 * Those of an item's audiences that whoever addressed it may not publish to today: a teacher who has lost the class since, or
 * somebody who has left.
 */
const lostOf = async ({ table }: Background<typeof dueAccess>, item: NewsItem): Promise<NewsItem['audiences']> => {
  const { uai, audiences } = item
  const person = await table.get(directoryPatterns.person, addresserOf(item))
  return audiences.filter(
    ({ kind, group }) => person?.status !== 'active' || !mayPublishTo(person, { kind, uai, group }),
  )
}

/** Whoever addressed an item, whose account must not be frozen when it is published. */
const addresserOf = ({ author, addressedBy = author.id }: NewsItem) => ({ person: addressedBy })

type Missed = Readonly<Record<'closed' | 'lost', NewsItem['audiences']>>

const named = (audiences: NewsItem['audiences']) => audiences.map(({ id, kind, label }) => ({ id, kind, label }))

/** An item goes to those of its audiences that it may still go to; without any it is taken back. Its author is told. */
const without = (item: NewsItem, { closed, lost }: Missed, decidedAt: string) => {
  const ids = new Set([...closed, ...lost].map(({ id }) => id))
  if (ids.size === 0) return {}
  const audiences = item.audiences.filter(({ id }) => !ids.has(id))
  return {
    ...(closed.length > 0 && { notSentTo: named(closed) }),
    ...(lost.length > 0 && { noLongerAllowed: named(lost) }),
    ...(audiences.length > 0 ? { audiences } : { withdrawnAt: decidedAt }),
  }
}

/** What an item cannot go to. A closed class has no teachers any more either, and is told as closed. */
const missedOf = async (background: Background<typeof dueAccess>, item: NewsItem): Promise<Missed> => {
  const [closed, lost] = await Promise.all([closedOf(background, item), lostOf(background, item)])
  return { closed, lost: lost.filter(({ id }) => !closed.some(one => one.id === id)) }
}

/** What publishing an item writes, and requires: of a frozen account nothing goes out, and the item is taken back. */
const publishing = async (background: Background<typeof dueAccess>, item: NewsItem, decidedAt: string) => {
  const addresser = addresserOf(item)
  const frozen = await background.table.get(platformPatterns.freeze, addresser, { consistent: true })
  if (frozen) return { set: { withdrawnAt: decidedAt, accountFrozen: true }, requires: [] }
  return {
    set: without(item, await missedOf(background, item), decidedAt),
    requires: [check('not frozen', platformPatterns.freeze, addresser, { absent: true })],
  }
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
    const { set, requires } =
      at === item.publishedAt ? await publishing(background, item, decidedAt) : { set: {}, requires: [] }
    const found = { set: { decidedAt, ...set } }
    // What has ended is read no more, and neither are its files.
    const ended = at === item.until ? hidden(item.attachments, background.now()) : []
    return [
      update('found due', newsPatterns.news, { news }, found, { is: { version: item.version } }),
      ...requires,
      ...ended,
    ]
  },
})
