import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { BoardNews } from '../../shared/news/board.ts'
import { KeptDraft } from '../../shared/news/kept-draft.ts'
import { RecipientList } from '../../shared/news/lists.ts'
import { Answer } from '../../shared/news/question.ts'
import { FormerText, News, PublishedNews } from '../../shared/news/shapes.ts'
import { Template, TemplateSummary } from '../../shared/news/templates.ts'
import { HungAttachment } from '../documents/attachments.ts'
import { many, one } from '../platform/pattern.ts'
import { jobFields } from '../platform/patterns.ts'

/** What the table holds of the news. */

/** The news item itself. The stream turns it into rows of its audiences' feeds. */
export const NewsItem = z.extend(News, {
  attachments: z.optional(z.array(HungAttachment)),
  audiences: z.array(z.extend(News.shape.audiences.def.element, { group: z.optional(z.string()) })),
  withdrawnAt: z.optional(Instant),
  /** It was to be published at once, and is held until `publishedAt`. */
  held: z.optional(z.boolean()),
  /**
   * The server's time when this was last decided: published, edited, or found due by the clock. What follows from the
   * item is judged no earlier, so that a function whose clock is slow does not take for scheduled what is published.
   */
  decidedAt: z.optional(Instant),
  /** Audiences it was scheduled for and did not go to: their class or group was closed before. */
  notSentTo: z.optional(z.array(PublishedNews.shape.audiences.def.element)),
  /** Audiences it was scheduled for and did not go to: whoever addressed it could not publish to them any more. */
  noLongerAllowed: z.optional(z.array(PublishedNews.shape.audiences.def.element)),
  /** It was scheduled and taken back at its time, because the account of whoever had addressed it was frozen. */
  accountFrozen: z.optional(z.boolean()),
  /** When its readers were last reminded of it. Absent: never, or by an earlier release. */
  remindedAt: z.optional(Instant),
  /** Who addressed it last. Absent: the author. */
  addressedBy: z.optional(z.string()),
  people: z.number(),
  signers: z.number(),
  version: z.number(),
})
export type NewsItem = z.infer<typeof NewsItem>

/**
 * One row of an audience's feed, read backwards: pinned ones first, then the newest. It holds a short text itself. Only
 * what is published has one: the clock has it written at its time, and removed at its end.
 */
export const FeedItem = z.extend(z.omit(BoardNews, { text: true }), {
  attachments: z.optional(z.array(HungAttachment)),
  /** Epoch seconds, TTL: set when `until` is. */
  expiresAt: z.optional(z.number()),
})
export type FeedItem = z.infer<typeof FeedItem>

/** A publication in a list of its author's or its school's. */
const PublicationItem = z.object({ id: z.string() })

/**
 * What one did with the news of an audience, kept for a school year and its holidays after it was last touched. It
 * follows from the facts, and can be made of them anew.
 */
const MarksItem = z.object({
  /** See functions/news/marks/packed.ts. */
  news: z.instanceof(Uint8Array),
  version: z.number(),
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

/** That somebody has seen a news item, or that a signature was given; once each. */
export const FactItem = z.object({
  person: z.string(),
  at: Instant,
  /** The newest text that was seen, or the one that was signed. Absent: the first. */
  edition: z.optional(z.number()),
  /** The first text that was seen. Absent: the first there was. */
  since: z.optional(z.number()),
  /** Of a signature: those of earlier texts. */
  former: z.optional(z.array(z.object({ edition: z.number(), at: Instant, by: z.optional(z.string()) }))),
  /** Of a signature: the guardian who gave it. The stream tells the pupil's other guardians that it was given. */
  by: z.optional(z.string()),
  /** Of a signature that came on paper: who of the school entered it. */
  enteredBy: z.optional(z.string()),
  /** The audiences of the news: those that the reader holds; of a signature all. */
  through: z.optional(z.array(z.string())),
  /** Present for what people's marks keep until it ends: see functions/news/marks/entry.ts. */
  keep: z.optional(z.object({ until: z.optional(Instant) })),
  /** The author's own reading, which is not counted. */
  uncounted: z.optional(z.boolean()),
})
export type FactItem = z.infer<typeof FactItem>

/**
 * What a guardian answered to a notice, for themselves or for a pupil: the present answer, and those it replaced. What came on
 * paper is of nobody; the school's person who entered it is kept.
 */
export const AnswerItem = z.extend(Answer, {
  person: z.string(),
  by: z.optional(z.string()),
  enteredBy: z.optional(z.string()),
  at: Instant,
  /** The text that was answered. Absent: the first. */
  edition: z.optional(z.number()),
  former: z.optional(
    z.array(z.extend(Answer, { at: Instant, edition: z.optional(z.number()), enteredBy: z.optional(z.string()) })),
  ),
})
export type AnswerItem = z.infer<typeof AnswerItem>

/** What was entered from paper for somebody and taken back since: what it said, who had entered it, and who took it back. */
export const TakenBackItem = z.extend(Answer, {
  person: z.string(),
  /** When it was taken back, and by whom. */
  at: Instant,
  by: z.string(),
  /** When it had been entered, and by whom. */
  enteredAt: Instant,
  enteredBy: z.string(),
  /** The text it was of. Absent: the first. */
  edition: z.optional(z.number()),
  /** What it had replaced, as in the answer. */
  former: AnswerItem.shape.former,
  /** The signature that was taken back with it, since nothing else was one: what the stream needs to know of it. */
  signature: z.optional(z.object({ by: FactItem.shape.by, through: z.array(z.string()) })),
})
export type TakenBackItem = z.infer<typeof TakenBackItem>

/** An author's request to remind, carried out by the stream in steps. */
export const ReminderItem = z.object({
  news: z.string(),
  at: Instant,
  state: z.enum(['unseen', 'unsigned']),
  group: z.optional(z.string()),
  ...jobFields,
})
export type ReminderItem = z.infer<typeof ReminderItem>

/** The lists of recipients that a person has saved in a school. */
const ListsItem = z.object({ lists: z.array(RecipientList), version: z.number() })

/** What somebody has begun to write (functions/news/composing/drafts.ts). */
const DraftItem = z.extend(KeptDraft, {
  /** Epoch seconds: TTL. */
  expiresAt: z.number(),
})

export const newsPatterns = {
  news: one('N#{news}', 'NEWS', NewsItem, {
    reads: '1 to 6 for a long text (consistent); by the edge once per audience and 55 seconds',
    writes: '2 to 10, on publishing',
    hottest: 'a school-wide item on closure day: opened by 3,000 people, some reads a second behind the edge',
  }),
  feed: many('FEED#{audience}', 'F#', FeedItem, {
    reads: '3 for 20 rows (consistent); by the edge once per audience, board and 55 seconds',
    hottest: 'a large school: 1 a minute and page for each state of its board, whatever its readers',
  }),
  /** `pinned`: 1 or 0. */
  feedRow: one('FEED#{audience}', 'F#{pinned}#{publishedAt}#{news}', FeedItem, {
    writes: '1 to 2 an audience, by the stream in batches',
    hottest: 'none',
  }),
  /** What stays open (`staysOpen` of shared/news/rules.ts), published and not ended: each a second row. */
  openRows: many('FEED#{audience}', 'O#', FeedItem, {
    reads: '1 an open item or two (consistent), at each rendering of the board',
    hottest: 'none: read by renderings alone',
  }),
  openRow: one('FEED#{audience}', 'O#{publishedAt}#{news}', FeedItem, {
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
  marks: one('ME#{person}', 'NEWS#{audience}', MarksItem, {
    reads: '1, consistent, before it is written',
    writes: '1 by the stream, for all that was seen in a visit; 2 with a signature',
    hottest: 'none: one a person and audience',
  }),
  seen: one('N#{news}', 'SEEN#{person}', FactItem, {
    reads: '0.5, of older rows',
    writes: '1',
    hottest: 'a school-wide item: 3,000 people over some minutes, under 100 a second',
  }),
  /** `signer`: the guardian, or the pupil for whom a notice is signed once. */
  signature: one('N#{news}', 'SIGNED#{signer}', FactItem, {
    writes: '2',
    hottest: 'a school-wide notice: as `seen`, slower',
  }),
  /** `signer`: as of `signature`. `by`: the guardian, or `paper`. */
  answer: one('N#{news}', 'ANSWER#{signer}#{by}', AnswerItem, {
    reads: '1, consistent, before it is written',
    writes: '2, with a signature',
    hottest: 'a school-wide notice that asks something: as `signature`',
  }),
  answers: many('N#{news}', 'ANSWER#', AnswerItem, { reads: '25 for 1,000 answers', hottest: 'none: its author' }),
  takenBack: one('N#{news}', 'BACK#{signer}#{at}', TakenBackItem, { writes: '2', hottest: 'none' }),
  allTakenBack: many('N#{news}', 'BACK#', TakenBackItem, { reads: '0.5', hottest: 'none: its author' }),
  seenBy: many('N#{news}', 'SEEN#', FactItem, { reads: '20 for 1,000 readers', hottest: 'none: its author' }),
  signedBy: many('N#{news}', 'SIGNED#', FactItem, { reads: '20 for 1,000 signatures', hottest: 'none: its author' }),
  formerText: one('N#{news}', 'TEXT#{edition}', FormerText, {
    reads: '0.5 to 5, by those who look what an edit changed',
    writes: '1 to 10, on editing what was published',
    hottest: 'none: a notice of a large school that was edited, some a second',
  }),
  reminders: many('N#{news}', 'REMIND#', ReminderItem, { reads: '0.5', hottest: 'none: its author' }),
  reminder: one('N#{news}', 'REMIND#{at}', ReminderItem, {
    writes: '2, then 1 a step and 1 to 3 a person',
    hottest: 'none',
  }),
  lists: one('ME#{person}', 'LISTS#{uai}', ListsItem, {
    reads: '0.5 to 1, on writing',
    writes: '2 to 12: 20 lists of 20 audiences are 6 KB',
    hottest: 'none: one a person',
  }),
  draft: one('ME#{person}', 'DRAFT#{uai}', DraftItem, {
    reads: '1 to 10 for a long text (consistent), as somebody begins to write',
    writes: '1 to 20 for a long text, as they leave off',
    hottest: 'none: one a person and school',
  }),
  /** `owner`: `P#` and a person, or `S#` and a school. */
  templateRows: many('TPL#{owner}', 'R#', TemplateSummary, { reads: '1 for 50', hottest: 'none: its publishers' }),
  templateRow: one('TPL#{owner}', 'R#{template}', TemplateSummary, { writes: '2', hottest: 'none' }),
  template: one('TPL#{owner}', 'T#{template}', Template, {
    reads: '0.5 to 3 for a long text',
    writes: '2 to 10 for a long text',
    hottest: 'none: its publishers',
  }),
} as const
