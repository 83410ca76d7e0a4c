import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { many, one } from './pattern.ts'

/** What the table holds of deliveries of what the stream set aside (functions/delivery/redelivery.ts). */

/** A batch of records that the stream set aside: where they are in it, and how the queue knows the message. */
const SetAside = z.object({
  stream: z.string(),
  shard: z.string(),
  /** Sequence numbers of its first and last record. */
  first: z.string(),
  last: z.string(),
  records: z.number(),
  receipts: z.array(z.string()),
})
export type SetAside = z.infer<typeof SetAside>

/**
 * An order to deliver again what the stream set aside, and what became of it. `delivered`, `gone`: records, those of the
 * second have left the stream; of a dry run what would be. `failed`: batches that failed again. `found`: by subscription,
 * how many records. `counted`: publications whose counts are to be compared with their facts, until `recountedAt`.
 */
const RedeliveryItem = z.object({
  at: Instant,
  dry: z.boolean(),
  /** Taken out of the queue, and not delivered yet. */
  batches: z.optional(z.array(SetAside)),
  delivered: z.number(),
  failed: z.array(z.string()),
  gone: z.number(),
  found: z.record(z.string(), z.number()),
  counted: z.array(z.string()),
  version: z.number(),
  doneAt: z.optional(Instant),
  recountedAt: z.optional(Instant),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type RedeliveryItem = z.infer<typeof RedeliveryItem>

export const redeliveryPatterns = {
  redelivery: one('REDELIVERY', 'ORDER#{at}', RedeliveryItem, {
    reads: '1 to 20 (consistent) a step',
    writes: '2, then 1 to 40 a step',
    hottest: 'none: the operator',
  }),
  redeliveries: many('REDELIVERY', 'ORDER#', RedeliveryItem, { reads: '1 to 20', hottest: 'none: the operator' }),
} as const
