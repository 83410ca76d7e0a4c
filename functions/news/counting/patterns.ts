import * as z from 'zod/mini'
import { one } from '../../platform/pattern.ts'

/** What the table holds of how many have seen and signed a publication. */

/**
 * Kept by the stream, exact: `upTo` is the last sequence number counted. `edition`: the text they are of; absent: the
 * first. `erased`: how many facts were erased with their people. `recount`: one that has begun, and the facts counted since;
 * `recounted`: the last one that was done.
 */
const CountsItem = z.object({
  seen: z.number(),
  signed: z.number(),
  edition: z.optional(z.number()),
  upTo: z.optional(z.string()),
  erased: z.optional(z.number()),
  recount: z.optional(z.object({ token: z.string(), since: z.array(z.string()) })),
  recounted: z.optional(z.string()),
})
export type CountsItem = z.infer<typeof CountsItem>

/**
 * The two steps of a recount (functions/news/counting/recount.ts): the first has no `found`. `late`: facts that were written
 * between the two reads, of those found; `erased`: of the counts, before the second read.
 */
const RecountItem = z.object({
  token: z.string(),
  found: z.optional(
    z.object({
      edition: z.number(),
      seen: z.number(),
      signed: z.number(),
      late: z.array(z.string()),
      erased: z.number(),
    }),
  ),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type RecountItem = z.infer<typeof RecountItem>

/**
 * What the counts of a publication are measured by. `version`: of the publication; `members`: of its school's sizes.
 * `elsewhere`: how many counted facts are of people whom it does not address.
 */
const TallyItem = z.object({
  version: z.number(),
  /** By which rule it was made (functions/news/following/tally.ts). Absent: that of an earlier release. */
  rule: z.optional(z.number()),
  members: z.optional(z.string()),
  people: z.number(),
  signers: z.number(),
  elsewhere: z.object({ seen: z.number(), signed: z.number() }),
})
export type TallyItem = z.infer<typeof TallyItem>

export const countPatterns = {
  counts: one('N#{news}', 'COUNTS', CountsItem, {
    reads: '0.5',
    writes: '1 per batch of the stream, after a consistent read',
    hottest: 'a school-wide item: one a second at most, batches being windows of a second',
  }),
  recount: one('N#{news}', 'RECOUNT', RecountItem, {
    writes: '2 to 40, by the operator, where records were set aside',
    hottest: 'none: the operator',
  }),
  tally: one('N#{news}', 'TALLY', TallyItem, {
    reads: '0.5, by those who follow it',
    writes: '1, by the first who follows it after its school has changed',
    hottest: 'none: its author',
  }),
} as const
