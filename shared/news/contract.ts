import * as z from 'zod/mini'
import { audienceKinds } from '../directory/audience.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, GroupId, NewsId, PersonId, Uai } from '../kernel/ids.ts'
import { Cursor, PageQuery, pageOf } from '../kernel/page.ts'
import { roles } from '../kernel/role.ts'
import { contract, route } from '../kernel/route.ts'

/** Whether guardians must sign: not at all, each one, or one of them for each pupil. */
export const notices = ['none', 'guardian', 'pupil'] as const

const Author = z.object({ id: PersonId, name: z.string(), role: z.enum(roles) })
const AddressedTo = z.object({ id: AudienceId, kind: z.enum(audienceKinds), label: z.string() })

/** What a list shows: the text's beginning, without its formatting. */
export const NewsSummary = z.object({
  id: NewsId,
  uai: Uai,
  schoolName: z.string(),
  title: z.string(),
  excerpt: z.string(),
  author: Author,
  publishedAt: Instant,
  editedAt: z.optional(Instant),
  until: z.optional(Instant),
  pinned: z.boolean(),
  urgent: z.boolean(),
  notice: z.enum(notices),
})
export type NewsSummary = z.infer<typeof NewsSummary>

/**
 * A news item as its readers see it. `body` is Markdown, of the subset the web app renders. `audiences`: a guardian
 * of two children is told of both, whichever audience it was read through.
 */
export const News = z.extend(NewsSummary, { body: z.string(), audiences: z.array(AddressedTo) })
export type News = z.infer<typeof News>

/** What an author writes. `publishAt` absent: now. `until` absent: for good. */
export const NewsDraft = z.object({
  uai: Uai,
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(140)),
  body: z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000)),
  audiences: z.array(AudienceId).check(z.minLength(1), z.maxLength(20)),
  publishAt: z.optional(Instant),
  until: z.optional(Instant),
  pinned: z.boolean(),
  urgent: z.boolean(),
  notice: z.enum(notices),
})
export type NewsDraft = z.infer<typeof NewsDraft>

/** A news item as its author sees it. `people`: how many it reached when published; the counts follow within seconds. */
export const PublishedNews = z.extend(NewsSummary, {
  audiences: z.array(AddressedTo),
  state: z.enum(['scheduled', 'published', 'ended', 'withdrawn']),
  people: z.number(),
  /** Signatures expected: guardians, or pupils, after `notice`. */
  signers: z.number(),
  seen: z.number(),
  signed: z.number(),
  version: z.number(),
})
export type PublishedNews = z.infer<typeof PublishedNews>

/** What the caller did with a news item. `signedFor` lists pupils for a notice signed once per pupil. */
export const NewsMark = z.object({
  news: NewsId,
  seenAt: z.optional(Instant),
  signedAt: z.optional(Instant),
  signedFor: z.optional(z.array(PersonId)),
  remindedAt: z.optional(Instant),
})
export type NewsMark = z.infer<typeof NewsMark>

/** An audience one may publish to. `groupKind`: whether `group` is a class or a teaching group. */
export const AudienceChoice = z.object({
  id: AudienceId,
  kind: z.enum(audienceKinds),
  uai: Uai,
  label: z.string(),
  group: z.optional(GroupId),
  groupKind: z.optional(z.enum(['class', 'group'])),
})
export type AudienceChoice = z.infer<typeof AudienceChoice>

/** `unseen` and `unsigned` are those a reminder goes to. */
export const readerStates = ['all', 'seen', 'unseen', 'signed', 'unsigned'] as const

/** One who should read, or the pupil a notice is signed for. */
export const Reader = z.object({
  id: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  role: z.enum(roles),
  classes: z.array(z.object({ id: GroupId, name: z.string() })),
  seenAt: z.optional(Instant),
  signedAt: z.optional(Instant),
  /** True if a signature is expected of this reader, or for this pupil. */
  signs: z.boolean(),
})
export type Reader = z.infer<typeof Reader>

const NewsPath = z.object({ news: NewsId })
const publishers = ['teacher', 'pupil-life', 'head', 'administrator'] as const
const freshness = { ttl: 3, staleWhileRevalidate: 2, staleIfError: 86_400 }

export const newsContract = contract({
  feature: 'news',
  function: 'news',
  routes: {
    list: route({
      kind: 'shared',
      method: 'GET',
      path: '/api/audiences/{audience}/news',
      summary: 'An audience’s news: pinned first, then newest first.',
      callers: 'members',
      cache: freshness,
      params: z.object({ audience: AudienceId }),
      query: PageQuery,
      reply: pageOf(NewsSummary),
    }),
    read: route({
      kind: 'shared',
      method: 'GET',
      path: '/api/audiences/{audience}/news/{news}',
      summary: 'One news item of an audience, with its text.',
      callers: 'members',
      cache: freshness,
      params: z.object({ audience: AudienceId, news: NewsId }),
      reply: News,
    }),
    marks: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/marks',
      summary: 'What one has seen, signed and been reminded of, newest news first.',
      callers: 'signed-in',
      within: 'self',
      query: PageQuery,
      reply: pageOf(NewsMark),
    }),
    mine: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/mine',
      summary: 'The news one published or scheduled, newest first.',
      callers: publishers,
      within: 'self',
      query: PageQuery,
      reply: pageOf(PublishedNews),
    }),
    ofSchool: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/news',
      summary: 'All the news of a school, for those who run it.',
      callers: ['pupil-life', 'head', 'administrator'],
      within: 'school',
      params: z.object({ uai: Uai }),
      query: PageQuery,
      reply: pageOf(PublishedNews),
    }),
    choices: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/news/audiences',
      summary: 'The audiences one may publish to in a school.',
      callers: publishers,
      within: 'school',
      params: z.object({ uai: Uai }),
      reply: z.object({ items: z.array(AudienceChoice) }),
    }),
    reach: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/news/reach',
      summary: 'How many people the audiences, joined by commas, hold together: each person counted once.',
      callers: publishers,
      within: 'school',
      params: z.object({ uai: Uai }),
      query: z.object({ audiences: z.string().check(z.regex(/^[0-9a-z]{12}(,[0-9a-z]{12}){0,19}$/)) }),
      reply: z.object({ people: z.number(), guardians: z.number(), pupils: z.number() }),
      problems: ['audience-not-allowed'],
    }),
    edited: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/{news}',
      summary: 'A news item with its text, for its author and those who run its school.',
      callers: publishers,
      within: 'relation',
      params: NewsPath,
      reply: z.extend(PublishedNews, { body: z.string() }),
    }),
    readers: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/{news}/readers',
      summary: 'Who has seen or signed a news item and who has not, for its author and those who run its school.',
      callers: publishers,
      within: 'relation',
      params: NewsPath,
      query: z.object({ state: z.enum(readerStates), group: z.optional(GroupId), cursor: z.optional(Cursor) }),
      reply: z.extend(pageOf(Reader), {
        /** Of the people the filter by group keeps, whatever their state. */
        counts: z.object({ people: z.number(), seen: z.number(), signers: z.number(), signed: z.number() }),
        groups: z.array(z.object({ id: GroupId, name: z.string() })),
      }),
    }),
    publish: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news',
      summary: 'Publish a news item to audiences, now or later.',
      callers: publishers,
      within: 'self',
      body: NewsDraft,
      status: 201,
      reply: PublishedNews,
      problems: ['audience-not-allowed', 'dates-not-in-order', 'notice-without-guardians'],
    }),
    edit: route({
      kind: 'write',
      method: 'PUT',
      path: '/api/news/{news}',
      summary: 'Change a news item; `version` is the one that was read.',
      callers: publishers,
      within: 'relation',
      params: NewsPath,
      body: z.extend(NewsDraft, { version: z.number() }),
      status: 200,
      reply: PublishedNews,
      problems: ['audience-not-allowed', 'dates-not-in-order', 'notice-without-guardians', 'conflict'],
    }),
    withdraw: route({
      kind: 'write',
      method: 'DELETE',
      path: '/api/news/{news}',
      summary: 'Take a news item back: nobody reads it any more.',
      callers: publishers,
      within: 'relation',
      params: NewsPath,
      status: 204,
    }),
    see: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news/{news}/seen',
      summary: 'Say that one has opened a news item; only the first time counts.',
      callers: 'signed-in',
      within: 'relation',
      params: NewsPath,
      status: 200,
      reply: NewsMark,
    }),
    sign: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news/{news}/signature',
      summary: 'Sign a notice: for oneself, or for a child where one signature a pupil is asked.',
      callers: ['guardian'],
      within: 'relation',
      params: NewsPath,
      body: z.object({ pupil: z.optional(PersonId) }),
      status: 200,
      reply: NewsMark,
      problems: ['nothing-to-sign'],
    }),
    remind: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news/{news}/reminder',
      summary: 'Remind those who have not seen, or not signed.',
      callers: publishers,
      within: 'relation',
      params: NewsPath,
      body: z.object({ state: z.enum(['unseen', 'unsigned']), group: z.optional(GroupId) }),
      status: 200,
      reply: z.object({ people: z.number() }),
    }),
  },
})
