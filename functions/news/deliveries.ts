import { editionOf, stateOf } from '../../shared/news/rules.ts'
import { type Change, type Deliveries, deliveries, subscription } from '../platform/delivery.ts'
import { job, stepSize } from '../platform/job.ts'
import { update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { newsRenderer } from './board.ts'
import { feedWrites, isPublished } from './feed-rows.ts'
import { readReadership } from './following/read-readership.ts'
import { toRemind } from './following/readership.ts'
import { deliverSeen, deliverSignatures, markReminded } from './marks/deliver.ts'
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

/**
 * Writes feed rows from the item's current state: of what is published now, and of nothing else. The images before and
 * after are used only to find rows to delete, so that records sent twice, late, or after a newer one end in the same
 * rows. At the end the item is read again: if it changed meanwhile, another environment may have written its rows before
 * this one did, and they are written anew.
 */
const deliverFeeds = async (background: NewsBackground, changes: readonly ChangeOf<'news'>[]): Promise<void> => {
  const { table, now } = background
  const [first] = changes
  if (!first) return
  const read = () => table.get(newsPatterns.news, first.args, { consistent: true })
  const images = changes.flatMap(({ before, after }) => [before, after])
  for (let current = await read(); ; ) {
    images.push(current)
    await table.writeMany(feedWrites(current && isPublished(current, now()) ? current : undefined, images))
    const written = current
    current = await read()
    if (current?.version === written?.version && current?.decidedAt === written?.decidedAt)
      return wakeForHeld(background, current)
  }
}

/** True of a fact of which only was changed who gave it: somebody was erased. */
const isSameFact = ({ before, after }: ChangeOf<'seen' | 'signature'>): boolean =>
  before !== undefined && before.at === after?.at && editionOf(before) === editionOf(after)

/**
 * Counts the facts of one news item, each once, of the latest text that anybody saw: sequence numbers grow within a
 * partition, and the counts remember the last one counted. If another environment counts at the same moment the
 * condition fails, and the batch comes again. This holds while a partition's records come in order, so the event source
 * mapping has a parallelization factor of 1: above it, the service keeps the order of an item only, not of its
 * partition.
 */
const deliverCounts = async (
  { table }: NewsBackground,
  changes: readonly ChangeOf<'seen' | 'signature'>[],
): Promise<void> => {
  const news = changes[0]?.args.news
  if (news === undefined) return
  const counts = await table.get(newsPatterns.counts, { news }, { consistent: true })
  const counted = counts?.upTo
  const fresh = changes.filter(
    change =>
      !change.after?.uncounted &&
      !isSameFact(change) &&
      (counted === undefined || BigInt(change.sequence) > BigInt(counted)),
  )
  const last = fresh.reduce((most, { sequence }) => (BigInt(sequence) > most ? BigInt(sequence) : most), -1n)
  if (last < 0n) return
  const edition = Math.max(editionOf(counts), ...fresh.map(({ after }) => editionOf(after)))
  const ofText = fresh.filter(({ after }) => editionOf(after) === edition)
  const of = (pattern: ChangeOf<'seen' | 'signature'>['pattern']) =>
    new Set(ofText.filter(change => change.pattern === pattern).map(change => change.sequence)).size
  const count = { seen: of(newsPatterns.seen), signed: of(newsPatterns.signature) }
  const isLater = edition > editionOf(counts)
  await table.apply(
    update(
      'counts',
      newsPatterns.counts,
      { news },
      isLater ? { set: { upTo: String(last), edition, ...count } } : { set: { upTo: String(last) }, add: count },
      counted === undefined ? { lacks: ['upTo'] } : { is: { upTo: counted } },
    ),
  )
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
    name: 'news counts',
    of: [newsPatterns.seen, newsPatterns.signature],
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
    of: [newsPatterns.signature],
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
export const newsDeliveries: Deliveries = { ...subscriptions, board: newsRenderer }
