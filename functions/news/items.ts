import * as z from 'zod/mini'
import { audienceKinds } from '../../shared/directory/audience.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { roles } from '../../shared/kernel/role.ts'
import { notices } from '../../shared/news/shapes.ts'

/** What the table holds of the news. */

const key = { pk: z.string(), sk: z.string() }
const Author = z.object({ id: z.string(), name: z.string(), role: z.enum(roles) })
const AddressedTo = z.object({
  id: z.string(),
  kind: z.enum(audienceKinds),
  label: z.string(),
  group: z.optional(z.string()),
})

/** `N#<news>` / `NEWS`: the news item itself. The stream turns it into feed rows. */
export const NewsItem = z.object({
  ...key,
  id: z.string(),
  uai: z.string(),
  schoolName: z.string(),
  title: z.string(),
  body: z.string(),
  excerpt: z.string(),
  author: Author,
  audiences: z.array(AddressedTo),
  publishedAt: Instant,
  until: z.optional(Instant),
  editedAt: z.optional(Instant),
  withdrawnAt: z.optional(Instant),
  pinned: z.boolean(),
  urgent: z.boolean(),
  notice: z.enum(notices),
  people: z.number(),
  signers: z.number(),
  version: z.number(),
})
export type NewsItem = z.infer<typeof NewsItem>

/** `AU#<audience>` / `F#<1 pinned, 0 not>#<publishedAt>#<news>`: one row of an audience's feed, read backwards. */
export const FeedItem = z.object({
  ...key,
  id: z.string(),
  uai: z.string(),
  schoolName: z.string(),
  title: z.string(),
  excerpt: z.string(),
  author: Author,
  publishedAt: Instant,
  until: z.optional(Instant),
  editedAt: z.optional(Instant),
  pinned: z.boolean(),
  urgent: z.boolean(),
  notice: z.enum(notices),
  /** Epoch seconds, TTL: set when `until` is. */
  expiresAt: z.optional(z.number()),
})
export type FeedItem = z.infer<typeof FeedItem>

/** `P#<author>` / `PUB#<publishedAt>#<news>` and `S#<uai>` / `NEWS#<publishedAt>#<news>`: lists of ids. */
export const PublicationItem = z.object({ ...key, id: z.string() })
export type PublicationItem = z.infer<typeof PublicationItem>

/** `P#<person>` / `MARK#<news>`: what one did with a news item. Newest first when read backwards. */
export const MarkItem = z.object({
  ...key,
  news: z.string(),
  seenAt: z.optional(Instant),
  signedAt: z.optional(Instant),
  /** A string set, because adding to one twice, or from two places at once, is harmless. */
  signedFor: z.optional(z.set(z.string())),
  remindedAt: z.optional(Instant),
  expiresAt: z.number(),
})
export type MarkItem = z.infer<typeof MarkItem>

/** `N#<news>` / `SEEN#<person>` and `N#<news>` / `SIGNED#<guardian or pupil>`: the facts, once each. */
export const FactItem = z.object({
  ...key,
  person: z.string(),
  at: Instant,
  /** Of a signature: the guardian who gave it, and the pupil's other guardians are told by the stream. */
  by: z.optional(z.string()),
})
export type FactItem = z.infer<typeof FactItem>

/** `N#<news>` / `COUNTS`: kept by the stream, exact: `upTo` is the last sequence number counted. */
export const CountsItem = z.object({
  ...key,
  seen: z.number(),
  signed: z.number(),
  upTo: z.optional(z.string()),
})
export type CountsItem = z.infer<typeof CountsItem>

/** `N#<news>` / `REMIND#<instant>`: an author's wish, carried out by the stream. */
export const ReminderItem = z.object({
  ...key,
  news: z.string(),
  at: Instant,
  state: z.enum(['unseen', 'unsigned']),
  group: z.optional(z.string()),
})
export type ReminderItem = z.infer<typeof ReminderItem>

export const newsKeys = {
  news: (news: string) => ({ pk: `N#${news}`, sk: 'NEWS' }),
  feed: (audience: string, pinned: boolean, publishedAt: string, news: string) => ({
    pk: `AU#${audience}`,
    sk: `F#${pinned ? 1 : 0}#${publishedAt}#${news}`,
  }),
  ofAuthor: (author: string, publishedAt: string, news: string) => ({
    pk: `P#${author}`,
    sk: `PUB#${publishedAt}#${news}`,
  }),
  ofSchool: (uai: string, publishedAt: string, news: string) => ({ pk: `S#${uai}`, sk: `NEWS#${publishedAt}#${news}` }),
  mark: (person: string, news: string) => ({ pk: `P#${person}`, sk: `MARK#${news}` }),
  seen: (news: string, person: string) => ({ pk: `N#${news}`, sk: `SEEN#${person}` }),
  signed: (news: string, signer: string) => ({ pk: `N#${news}`, sk: `SIGNED#${signer}` }),
  counts: (news: string) => ({ pk: `N#${news}`, sk: 'COUNTS' }),
  reminder: (news: string, at: string) => ({ pk: `N#${news}`, sk: `REMIND#${at}` }),
} as const
