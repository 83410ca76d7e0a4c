import * as z from 'zod/mini'
import { Instant } from '../../../shared/kernel/dates.ts'
import { many, one } from '../pattern.ts'
import { jobFields } from '../patterns.ts'

/** Why somebody is erased: the period after they left has passed, or it was asked for. */
const reasons = ['time', 'request'] as const

/**
 * Somebody whose account and directory items are gone, and whose other traces the next sweep takes away. `decided`: when
 * decisions on access were made about them. `also`: further ids that meant them.
 */
const OrderItem = z.object({
  person: z.string(),
  at: Instant,
  why: z.enum(reasons),
  decided: z.array(Instant),
  also: z.array(z.string()),
})
export type Order = z.infer<typeof OrderItem>

/**
 * How far a lane of a sweep is. `sweep`: when it began; orders given later are for the next one. `ordered`: people whom
 * it found to have left long ago. `strays`: items that name somebody and that nothing erases.
 */
const LaneItem = z.object({ ...jobFields, sweep: Instant, ordered: z.number(), strays: z.number() })
export type Lane = z.infer<typeof LaneItem>

/** What a sweep erased, by numbers alone. */
const ErasedItem = z.object({ at: Instant, time: z.number(), request: z.number() })

export const erasingPatterns = {
  orders: many('ERASE', 'PERSON#', OrderItem, {
    reads: '0.5 for 40 people, once a page of the table',
    hottest: 'the nights after a school year: some reads a second',
  }),
  order: one('ERASE', 'PERSON#{person}', OrderItem, { writes: '4 a person, once', hottest: 'none' }),
  lane: one('ERASE', 'LANE#{lane}', LaneItem, { reads: '1 (consistent) a step', writes: '2 a step', hottest: 'none' }),
  /** Kept: that people were erased, and not who. */
  erased: one('ERASED', 'AT#{at}', ErasedItem, { writes: '1 a sweep that erased somebody', hottest: 'none' }),
} as const
