import * as z from 'zod/mini'
import { many, one } from './pattern.ts'

/** What the table holds of losses of access (loss.ts), and of the edge's key-value store, which tells them to the edge. */

/** A loss of access, as the edge is told of it (functions/platform/loss-list.ts). */
const LossItem = z.object({
  /** `left`: signed out on one's own device. */
  kind: z.enum(['lost', 'left']),
  /** The hash of the person's id, or of the session's. */
  hash: z.string(),
  /** Epoch seconds: what was issued until then is refused. */
  at: z.number(),
  /** The schools whose marks are raised if the list has no room for it. */
  schools: z.array(z.string()),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type LossItem = z.infer<typeof LossItem>

/** What was issued until `at` for this school is refused once it is older than 15 minutes. */
const SchoolMarkItem = z.object({
  kind: z.literal('lost'),
  uai: z.string(),
  at: z.number(),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

/** A value of the edge's key-value store as it was last written. */
const PublishedItem = z.object({ key: z.string(), value: z.string() })

const losses = {
  reads: '1 (consistent), 1 more for each 40 losses',
  hottest: 'none: 256 partitions, each read once in 10 minutes and when it changes',
} as const

export const lossPatterns = {
  /** In 256 partitions of 16 shards of the edge's list. `page`: the first two digits of the shard. */
  loss: one('LOST#{page}', '{shard}#{hash}', LossItem, {
    reads: '1 (consistent)',
    writes: '1',
    hottest: losses.hottest,
  }),
  lossesOfShard: many('LOST#{page}', '{shard}#', LossItem, losses),
  lossesOfPage: many('LOST#{page}', '{page}', LossItem, losses),
  /** How many losses a school had in an hour, up to the number of those that are listed. */
  schoolLosses: one('LOSSES#{uai}', 'HOUR#{hour}', z.object({ count: z.number(), expiresAt: z.number() }), {
    writes: '1 a loss that an import brings',
    hottest: 'a school whose year ends: its people, some hundred a second',
  }),
  schoolMark: one('LOSTMARKS', 'S#{uai}', SchoolMarkItem, {
    reads: '1 (consistent), for each loss of a school that had 500 in this hour',
    writes: '1, once a minute and school at most',
    hottest: "one partition: an import that moves a whole territory's people, some hundred reads a second",
  }),
  schoolMarks: many('LOSTMARKS', 'S#', SchoolMarkItem, {
    reads: '1 for 30 schools, every 10 minutes',
    hottest: 'one partition, read every 10 minutes',
  }),
  published: one('PUBLISHED', 'K#{key}', PublishedItem, {
    reads: '1 (consistent)',
    writes: '1 to 2, for each value that changes',
    hottest: 'one partition: 50 items for each call to the store',
  }),
  allPublished: many('PUBLISHED', 'K#', PublishedItem, {
    reads: '1,000 at most (consistent), every 10 minutes',
    hottest: 'one partition, read every 10 minutes',
  }),
} as const
