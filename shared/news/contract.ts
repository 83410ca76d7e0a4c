import * as z from 'zod/mini'
import { boardCache } from '../kernel/board.ts'
import { AudienceId, GroupId, PersonId, TimeId, Uai } from '../kernel/ids.ts'
import { Cursor, PageQuery, pageOf } from '../kernel/page.ts'
import { type ProblemTable, problemsOf } from '../kernel/problem.ts'
import { contract, relation, route, schoolRelation } from '../kernel/route.ts'
import { HeldBoard, newsBoard } from './board.ts'
import { NewsDraft } from './draft.ts'
import {
  AudienceChoice,
  AudienceState,
  Edition,
  FormerText,
  News,
  NewsMark,
  NewsSummary,
  PublishedNews,
  Reader,
  ReminderState,
  readerStates,
} from './shapes.ts'

/** Why a publication or a signature is refused. */
export const newsProblems = {
  'audience-not-allowed': { status: 422, title: 'You may not publish to one of these audiences.' },
  'dates-not-in-order': { status: 422, title: 'The end must come after the publication.' },
  'notice-without-guardians': {
    status: 422,
    title: 'A notice to sign needs guardians among those it is addressed to.',
  },
  'reminded-recently': {
    status: 409,
    title: 'These people were reminded some hours ago. Wait before you do it again.',
  },
  'text-changed': { status: 409, title: 'The text has changed since you read it. Read it again before you sign.' },
  'nothing-to-sign': { status: 422, title: 'This news does not ask for a signature from you.' },
} as const satisfies ProblemTable
export const newsProblem = problemsOf(newsProblems)

/** The form of a news item's id, within a pattern. */
const newsId = '[0-9a-hjkmnp-tv-z]{22}'

const NewsPath = z.object({ news: TimeId })
const publishers = ['teacher', 'pupil-life', 'head', 'administrator'] as const

export const newsContract = contract({
  feature: 'news',
  function: 'news',
  problems: newsProblems,
  board: newsBoard,
  routes: {
    list: route({
      kind: 'shared',
      method: 'GET',
      path: '/api/audiences/{audience}/news',
      summary: 'An audience’s news: pinned first, then newest first.',
      callers: 'members',
      cache: boardCache,
      params: z.object({ audience: AudienceId }),
      /** `list`: the state of the board whose older rows these are, so that the edge's copies change with it. */
      query: z.extend(PageQuery, { list: z.optional(z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{13}$/))) }),
      reply: pageOf(NewsSummary),
    }),
    read: route({
      kind: 'shared',
      method: 'GET',
      path: '/api/audiences/{audience}/news/{news}',
      summary: 'One news item of an audience, with its text.',
      callers: 'members',
      cache: boardCache,
      params: z.object({ audience: AudienceId, news: TimeId }),
      reply: News,
    }),
    heldBoards: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/boards',
      summary:
        'What the boards of these audiences hold, whose ids are joined by commas: for somebody with more audiences ' +
        'than fit into a token, whom the edge does not give their files.',
      callers: 'signed-in',
      within: relation('heldAll'),
      query: z.object({
        audiences: z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{12}(,[0-9a-hjkmnp-tv-z]{12}){0,9}$/)),
      }),
      reply: z.object({ items: z.array(HeldBoard) }),
    }),
    heldList: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/audiences/{audience}',
      summary: 'As `list`, for somebody whose token has no room for the audience.',
      callers: 'signed-in',
      within: relation('held'),
      params: z.object({ audience: AudienceId }),
      query: PageQuery,
      reply: pageOf(NewsSummary),
    }),
    heldNews: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/audiences/{audience}/{news}',
      summary: 'As `read`, for somebody whose token has no room for the audience.',
      callers: 'signed-in',
      within: relation('held'),
      params: z.object({ audience: AudienceId, news: TimeId }),
      reply: News,
    }),
    closedList: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/closed/{audience}',
      summary: 'The news of a class or group of a past year, for those who were in it when it was closed.',
      callers: 'signed-in',
      within: relation('closed'),
      params: z.object({ audience: AudienceId }),
      query: PageQuery,
      reply: pageOf(NewsSummary),
    }),
    closedNews: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/closed/{audience}/{news}',
      summary: 'One news item of a class or group of a past year, with its text.',
      callers: 'signed-in',
      within: relation('closed'),
      params: z.object({ audience: AudienceId, news: TimeId }),
      reply: News,
    }),
    state: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/state',
      summary: 'What one did with the news of one’s audiences: what Home needs beside their boards.',
      callers: 'signed-in',
      within: 'self',
      reply: z.object({
        /** The version of the caller’s access: where it is not that of the token, the session is to be renewed. */
        access: z.string(),
        audiences: z.array(AudienceState),
      }),
    }),
    marked: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/marked',
      summary: 'What one did with these news items, whose ids are joined by commas: of each one, in their order.',
      callers: 'signed-in',
      within: 'self',
      query: z.object({ news: z.string().check(z.regex(new RegExp(`^${newsId}(,${newsId}){0,19}$`))) }),
      reply: z.object({ items: z.array(NewsMark) }),
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
      within: schoolRelation('audiences'),
      params: z.object({ uai: Uai }),
      query: z.object({ audiences: z.string().check(z.regex(/^[0-9a-z]{12}(,[0-9a-z]{12}){0,19}$/)) }),
      /** `followers`: teachers of a class that is addressed, who read along and are none of the people. */
      reply: z.object({ people: z.number(), guardians: z.number(), pupils: z.number(), followers: z.number() }),
      problems: ['audience-not-allowed', 'notice-without-guardians'],
    }),
    edited: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/{news}',
      summary: 'A news item with its text, for its author and those who run its school.',
      callers: publishers,
      within: relation('publication'),
      params: NewsPath,
      reply: z.extend(PublishedNews, { body: z.string() }),
    }),
    formerText: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/{news}/editions/{edition}',
      summary:
        'A text of a news item that was replaced since: for those who saw it, and those who may manage the item.',
      callers: 'signed-in',
      within: relation('formerText'),
      params: z.extend(NewsPath, { edition: z.string().check(z.regex(/^[1-9]\d{0,4}$/)) }),
      reply: FormerText,
    }),
    readers: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/{news}/readers',
      summary: 'Who has seen or signed a news item and who has not, for its author and those who run its school.',
      callers: publishers,
      within: relation('publication'),
      params: NewsPath,
      query: z.object({ state: z.enum(readerStates), group: z.optional(GroupId), cursor: z.optional(Cursor) }),
      reply: z.extend(pageOf(Reader), {
        /** Of the people the filter by group keeps, whatever their state. */
        counts: z.object({ people: z.number(), seen: z.number(), signers: z.number(), signed: z.number() }),
        groups: z.array(z.object({ id: GroupId, name: z.string() })),
        /** Teachers who read along, and are none of the people. */
        followers: z.number(),
        /** Of the people the filter by group keeps. */
        reminders: z.object({ unseen: ReminderState, unsigned: ReminderState }),
      }),
    }),
    publish: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news',
      summary: 'Publish a news item to audiences, now or later.',
      callers: publishers,
      within: relation('address'),
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
      within: relation('publication', 'address'),
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
      within: relation('publication'),
      params: NewsPath,
      status: 204,
    }),
    seen: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news/seen',
      summary: 'Say which news one has seen; answers those that are recorded, without those one may not read.',
      callers: 'signed-in',
      within: relation('published'),
      body: z.object({
        news: z.array(TimeId).check(z.minLength(1), z.maxLength(50)),
        /** Which edition of each was seen, in the order of `news`; where there is none, the first. */
        editions: z.optional(z.array(Edition).check(z.maxLength(50))),
      }),
      repeatable: true,
      status: 200,
      reply: z.object({ seen: z.array(TimeId) }),
    }),
    sign: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news/{news}/signature',
      summary: 'Sign a notice: for oneself, or for a child where one signature a pupil is asked.',
      callers: ['guardian'],
      within: relation('readable'),
      params: NewsPath,
      /** `edition`: of the text that is signed; absent: the first. */
      body: z.object({ pupil: z.optional(PersonId), edition: z.optional(Edition) }),
      status: 200,
      reply: NewsMark,
      problems: ['nothing-to-sign', 'text-changed'],
    }),
    remind: route({
      kind: 'write',
      method: 'POST',
      path: '/api/news/{news}/reminder',
      summary: 'Remind those who have not seen, or not signed.',
      callers: publishers,
      within: relation('publication'),
      params: NewsPath,
      body: z.object({ state: z.enum(['unseen', 'unsigned']), group: z.optional(GroupId) }),
      status: 200,
      reply: z.object({ people: z.number() }),
      problems: ['conflict', 'reminded-recently'],
    }),
  },
})
