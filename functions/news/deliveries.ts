import { epochSeconds } from '../../shared/kernel/dates.ts'
import { stateOf } from '../../shared/news/rules.ts'
import { NewsSummary } from '../../shared/news/shapes.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { type Change, deliveries, subscription } from '../platform/delivery.ts'
import { job, stepSize } from '../platform/job.ts'
import { put, remove, update } from '../platform/operation.ts'
import { pick } from '../platform/pick.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { readReadership } from './following/read-readership.ts'
import { toRemind } from './following/readership.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import { markEnd } from './reading.ts'

type NewsBackground = Background<typeof deliveryAccess>
type ChangeOf<Name extends keyof typeof newsPatterns> = Change<Extract<(typeof newsPatterns)[Name], { sk: string }>>

type FeedKey = {
  readonly audience: string
  readonly pinned: string
  readonly publishedAt: string
  readonly news: string
}

/** Where a news item stands in the feeds: one row an audience, none once it is taken back. */
const feedKeys = (news: NewsItem | undefined): Map<string, FeedKey> =>
  new Map(
    !news || news.withdrawnAt !== undefined
      ? []
      : news.audiences.map(({ id: audience }) => {
          const pinned = news.pinned ? '1' : '0'
          const key = { audience, pinned, publishedAt: news.publishedAt, news: news.id }
          return [Object.values(key).join(' '), key] as const
        }),
  )

const feedRow = (news: NewsItem) => ({
  ...pick(NewsSummary, news),
  ...(news.until !== undefined && { expiresAt: epochSeconds(new Date(news.until)) }),
})

/**
 * Rewrites feed rows from the item's current state; the images before and after are used only to find rows to delete,
 * so that records sent twice, late, or after a newer one end in the same rows.
 */
const deliverFeeds = async ({ table }: NewsBackground, changes: readonly ChangeOf<'news'>[]): Promise<void> => {
  const [first] = changes
  if (!first) return
  const current = await table.get(newsPatterns.news, first.args, { consistent: true })
  const wanted = feedKeys(current)
  const leftOver = new Map<string, FeedKey>()
  for (const { before, after } of changes)
    for (const [name, key] of [...feedKeys(before), ...feedKeys(after)]) if (!wanted.has(name)) leftOver.set(name, key)
  await table.writeMany([
    ...[...leftOver.values()].map(key => remove('left-over', newsPatterns.feedRow, key)),
    ...(current ? [...wanted.values()].map(key => put('row', newsPatterns.feedRow, key, feedRow(current))) : []),
  ])
}

/**
 * Counts the facts of one news item, each once: sequence numbers grow within a partition, and the counts remember the
 * last one counted. If another environment counts at the same moment the condition fails, and the batch comes again.
 * This holds while a partition's records come in order, so the event source mapping has a parallelization factor of 1:
 * above it, the service keeps the order of an item only, not of its partition.
 */
const deliverCounts = async (
  { table }: NewsBackground,
  changes: readonly ChangeOf<'seen' | 'signature'>[],
): Promise<void> => {
  const news = changes[0]?.args.news
  if (news === undefined) return
  const counts = await table.get(newsPatterns.counts, { news }, { consistent: true })
  const counted = counts?.upTo
  const fresh = changes.filter(change => counted === undefined || BigInt(change.sequence) > BigInt(counted))
  const last = fresh.reduce((most, { sequence }) => (BigInt(sequence) > most ? BigInt(sequence) : most), -1n)
  if (last < 0n) return
  const of = (pattern: ChangeOf<'seen' | 'signature'>['pattern']) =>
    new Set(fresh.filter(change => change.pattern === pattern).map(change => change.sequence)).size
  await table.apply(
    update(
      'counts',
      newsPatterns.counts,
      { news },
      { set: { upTo: String(last) }, add: { seen: of(newsPatterns.seen), signed: of(newsPatterns.signature) } },
      counted === undefined ? { lacks: ['upTo'] } : { is: { upTo: counted } },
    ),
  )
}

/**
 * Tells a pupil's guardians that a notice was signed for the pupil, and not by whom: two guardians see the same thing
 * and not each other.
 */
const deliverSignatures = async (
  { table, now }: NewsBackground,
  changes: readonly ChangeOf<'signature'>[],
): Promise<void> => {
  const news = changes[0]?.args.news
  const facts = changes.flatMap(change => change.after ?? [])
  // A guardian's own signature concerns nobody else.
  const pupils = [...new Set(facts.filter(fact => fact.by !== fact.person).map(fact => fact.person))]
  if (news === undefined || pupils.length === 0) return
  const people = await table.getMany(
    directoryPatterns.person,
    pupils.map(person => ({ person })),
  )
  const signedFor = new Map<string, Set<string>>()
  for (const person of people)
    for (const guardian of person?.guardians ?? [])
      signedFor.set(guardian, (signedFor.get(guardian) ?? new Set()).add(person?.id ?? ''))
  await forEachConcurrent(signedFor, ([guardian, signed]) =>
    table.apply(
      update(
        'signed-for',
        newsPatterns.mark,
        { person: guardian, news },
        { set: { news, expiresAt: markEnd(now()) }, add: { signedFor: signed } },
      ),
    ),
  )
}

/** What follows from a change of the news. Facts are inserted once; what retention removes is not counted off. */
export const newsDeliveries = deliveries(
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
    on: ['INSERT'],
    deliver: deliverCounts,
  }),
  subscription({
    name: 'news signatures',
    of: [newsPatterns.signature],
    on: ['INSERT'],
    deliver: deliverSignatures,
  }),
  /** Marks those who are to be reminded: whoever has not seen, or not signed, at the moment of their step. */
  job({
    name: 'news reminders',
    of: newsPatterns.reminder,
    step: async ({ table, now }: NewsBackground, { news }, { state, group, at, cursor = '' }) => {
      const item = await table.get(newsPatterns.news, { news }, { consistent: true })
      if (!item || stateOf(item, now()) !== 'published') return undefined
      const { addressed, facts } = await readReadership(table, item)
      const waiting = toRemind(item.notice, addressed, facts, state, group).sort()
      const left = waiting.filter(person => person > cursor)
      const people = left.slice(0, stepSize)
      await forEachConcurrent(people, person =>
        table.apply(
          update(
            'reminded',
            newsPatterns.mark,
            { person, news },
            { set: { news, remindedAt: at, expiresAt: markEnd(now()) } },
          ),
        ),
      )
      return left.length > stepSize ? people.at(-1) : undefined
    },
  }),
)
