import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { News, NewsMark, NewsSummary } from '../../shared/news/shapes.ts'
import { many, one } from '../platform/pattern.ts'
import { jobFields } from '../platform/patterns.ts'

/** What the table holds of the news. */

/** The news item itself. The stream turns it into rows of its audiences' feeds. */
export const NewsItem = z.extend(News, {
  audiences: z.array(z.extend(News.shape.audiences.def.element, { group: z.optional(z.string()) })),
  withdrawnAt: z.optional(Instant),
  people: z.number(),
  signers: z.number(),
  version: z.number(),
})
export type NewsItem = z.infer<typeof NewsItem>

/** One row of an audience's feed, read backwards: pinned ones first, then the newest. */
export const FeedItem = z.extend(NewsSummary, {
  /** Epoch seconds, TTL: set when `until` is. */
  expiresAt: z.optional(z.number()),
})

/** A publication in a list of its author's or its school's. */
const PublicationItem = z.object({ id: z.string() })

/** What one did with a news item, kept for a school year and its holidays after it was last touched. */
export const MarkItem = z.extend(NewsMark, {
  /** A string set, because adding to one twice, or from two places at once, is harmless. */
  signedFor: z.optional(z.set(z.string())),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})
export type MarkItem = z.infer<typeof MarkItem>

/** That somebody has seen a news item, or that a signature was given; once each. */
export const FactItem = z.object({
  person: z.string(),
  at: Instant,
  /** Of a signature: the guardian who gave it. The stream tells the pupil's other guardians that it was given. */
  by: z.optional(z.string()),
})
export type FactItem = z.infer<typeof FactItem>

/** Kept by the stream, exact: `upTo` is the last sequence number counted. */
const CountsItem = z.object({ seen: z.number(), signed: z.number(), upTo: z.optional(z.string()) })
export type CountsItem = z.infer<typeof CountsItem>

/** An author's request to remind, carried out by the stream in steps. */
export const ReminderItem = z.object({
  news: z.string(),
  at: Instant,
  state: z.enum(['unseen', 'unsigned']),
  group: z.optional(z.string()),
  ...jobFields,
})
export type ReminderItem = z.infer<typeof ReminderItem>

export const newsPatterns = {
  news: one('N#{news}', 'NEWS', NewsItem, {
    reads: '0.5 to 3 for a long text; by the edge once per audience and 3 seconds',
    writes: '2 to 10, on publishing',
    hottest: 'a school-wide item on closure day: opened by 3,000 people, some reads a second behind the edge',
  }),
  feed: many('FEED#{audience}', 'F#', FeedItem, {
    reads: '1.5 for 20 rows; by the edge once per audience and 3 seconds',
    hottest: 'a large school: 1 every 3 seconds and edge region, whatever its readers',
  }),
  /** `pinned`: 1 or 0. */
  feedRow: one('FEED#{audience}', 'F#{pinned}#{publishedAt}#{news}', FeedItem, {
    writes: '1 an audience, by the stream in batches',
    hottest: 'none',
  }),
  ofAuthor: many('PUB#A#{author}', 'N#', PublicationItem, { reads: '0.5', hottest: 'none: one a person' }),
  ofAuthorRow: one('PUB#A#{author}', 'N#{publishedAt}#{news}', PublicationItem, { writes: '2', hottest: 'none' }),
  ofSchool: many('PUB#S#{uai}', 'N#', PublicationItem, {
    reads: '0.5',
    hottest: 'a large school: its direction, some a minute',
  }),
  ofSchoolRow: one('PUB#S#{uai}', 'N#{publishedAt}#{news}', PublicationItem, { writes: '2', hottest: 'none' }),
  marks: many('MARK#{person}', 'NEWS#', MarkItem, {
    reads: '0.5 for 40 marks: the one private request of Home',
    hottest: 'none: one partition a person',
  }),
  mark: one('MARK#{person}', 'NEWS#{news}', MarkItem, {
    reads: '0.5',
    writes: '2; 1 by the stream',
    hottest: 'none: one a person and item',
  }),
  seen: one('N#{news}', 'SEEN#{person}', FactItem, {
    writes: '2',
    hottest: 'a school-wide item: 3,000 people over some minutes, under 100 a second',
  }),
  /** `signer`: the guardian, or the pupil for whom a notice is signed once. */
  signature: one('N#{news}', 'SIGNED#{signer}', FactItem, {
    writes: '2',
    hottest: 'a school-wide notice: as `seen`, slower',
  }),
  seenBy: many('N#{news}', 'SEEN#', FactItem, { reads: '10 for 1,000 readers', hottest: 'none: its author' }),
  signedBy: many('N#{news}', 'SIGNED#', FactItem, { reads: '10 for 1,000 signatures', hottest: 'none: its author' }),
  counts: one('N#{news}', 'COUNTS', CountsItem, {
    reads: '0.5',
    writes: '1 per batch of the stream, after a consistent read',
    hottest: 'a school-wide item: one a second at most, batches being windows of a second',
  }),
  reminder: one('N#{news}', 'REMIND#{at}', ReminderItem, { writes: '2, then 1 a step', hottest: 'none' }),
} as const
