import { stateOf } from '../../shared/news/rules.ts'
import { attachmentPatterns } from '../documents/attachments.ts'
import { type Change, type Deliveries, deliveries, subscription } from '../platform/delivery.ts'
import { job, stepSize } from '../platform/job.ts'
import type { Background } from '../platform/platform.ts'
import { writeCurrent } from '../platform/write-current.ts'
import { deliveryAccess } from './access.ts'
import { correctNews, newsOfChange } from './attachments.ts'
import { newsRenderer } from './board.ts'
import { deliverCounts } from './counting/deliver.ts'
import { countPatterns } from './counting/patterns.ts'
import { feedWrites, isPublished } from './feed-rows.ts'
import { readReadership } from './following/read-readership.ts'
import { toRemind } from './following/readership.ts'
import { deliverSeen, markReminded } from './marks/deliver.ts'
import { deliverSignatures } from './marks/deliver-signatures.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import { newsDue } from './publishing/due.ts'

type NewsBackground = Background<typeof deliveryAccess>
type ChangeOf<Name extends keyof typeof newsPatterns> = Change<Extract<(typeof newsPatterns)[Name], { sk: string }>>

/** Milliseconds before its publication within which an item is not left to the clock's next minute. */
const soon = 60_000

/** Has what is held published at the end of its hold, and not with the next minute. */
const wakeForHeld = async ({ wakeClock, now }: NewsBackground, news: NewsItem | undefined): Promise<void> => {
  if (!wakeClock || !news?.held || stateOf(news, now()) !== 'scheduled') return
  const { id: subject, publishedAt: at } = news
  if (Date.parse(at) - now().getTime() < soon) await wakeClock({ kind: newsDue, subject, at })
}

/** What rows follow from: they are the same as long as this is. */
const stateKeyOf = (news: NewsItem | undefined): string =>
  JSON.stringify([news?.version, news?.decidedAt, news?.remindedAt])

/** Writes feed rows from the item's current state; the images before and after only tell where rows may be. */
const deliverFeeds = async (background: NewsBackground, changes: readonly ChangeOf<'news'>[]): Promise<void> => {
  const { table, now } = background
  const [first] = changes
  if (!first) return
  const images = changes.flatMap(({ before, after }) => [before, after])
  const written = await writeCurrent({
    read: () => table.get(newsPatterns.news, first.args, { consistent: true }),
    write: current => {
      images.push(current)
      return table.writeMany(feedWrites(current && isPublished(current, now()) ? current : undefined, images))
    },
    isSame: (before, next) => stateKeyOf(before) === stateKeyOf(next),
  })
  await wakeForHeld(background, written)
}

/**
 * What follows from a change of the news. Facts are written once for each edition; what retention removes is not counted
 * off.
 */
const subscriptions = deliveries(
  deliveryAccess,
  subscription({
    name: 'news feeds',
    of: [newsPatterns.news],
    on: ['INSERT', 'MODIFY', 'REMOVE'],
    deliver: deliverFeeds,
  }),
  subscription({
    name: 'files of news',
    of: [newsPatterns.news, attachmentPatterns.place],
    on: ['INSERT', 'MODIFY'],
    group: change => newsOfChange(change) ?? '',
    deliver: async (background: NewsBackground, [first]) => {
      const news = first && newsOfChange(first)
      if (news !== undefined) await correctNews(background, news)
    },
  }),
  subscription({
    name: 'news counts',
    of: [newsPatterns.seen, newsPatterns.signature, newsPatterns.takenBack, countPatterns.recount],
    on: ['INSERT', 'MODIFY'],
    deliver: deliverCounts,
  }),
  subscription({
    name: 'news seen',
    of: [newsPatterns.seen],
    on: ['INSERT', 'MODIFY'],
    group: ({ args }) => args.person,
    deliver: deliverSeen,
  }),
  subscription({
    name: 'news signatures',
    of: [newsPatterns.signature, newsPatterns.takenBack],
    on: ['INSERT', 'MODIFY'],
    deliver: deliverSignatures,
  }),
  /** Marks those who are to be reminded: whoever has not seen, or not signed, at the moment of their step. */
  job({
    name: 'news reminders',
    of: newsPatterns.reminder,
    step: async (background: NewsBackground, { news }, { state, group, at, cursor = '' }) => {
      const { table, now } = background
      const item = await table.get(newsPatterns.news, { news }, { consistent: true })
      if (!item || stateOf(item, now()) !== 'published') return undefined
      const { addressed, facts } = await readReadership(table, item)
      const waiting = toRemind(item.notice, addressed, facts, state, group).sort()
      const left = waiting.filter(person => person > cursor)
      const people = left.slice(0, stepSize)
      await markReminded(background, item, people, at)
      return left.length > stepSize ? people.at(-1) : undefined
    },
  }),
)

/** What follows from a change of the news, and how an audience's board of it is made. */
export const newsDeliveries: Deliveries = {
  ...subscriptions,
  board: newsRenderer,
  countedOf: ({ pattern, args }) =>
    pattern === newsPatterns.seen || pattern === newsPatterns.signature ? (args as { news: string }).news : undefined,
}
