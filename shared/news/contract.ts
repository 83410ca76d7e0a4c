import * as z from 'zod/mini'
import { Attachment } from '../kernel/attachment.ts'
import { Count, Version } from '../kernel/count.ts'
import { PersonId, Uai } from '../kernel/ids.ts'
import { PageQuery, pageOf } from '../kernel/page.ts'
import { type ProblemTable, problemsOf } from '../kernel/problem.ts'
import { contract, relation, route, schoolRelation } from '../kernel/route.ts'
import { BoardNews, HeldNews, NewsText, newsBoard } from './board.ts'
import { composingRoutes, joinedAudiences } from './composing-routes.ts'
import { SentDraft } from './draft.ts'
import { followingRoutes } from './following-routes.ts'
import { RecipientList } from './lists.ts'
import { publishers } from './publishers.ts'
import { Question, SentQuestion } from './question.ts'
import { readerRoutes } from './reader-routes.ts'
import {
  AddressedTo,
  AudienceChoice,
  AudienceState,
  Author,
  FormerText,
  GivenAnswer,
  News,
  NewsMark,
  NewsPath,
  NewsSummary,
  PublishedNews,
  Reached,
  Reader,
  ReminderState,
  SheetRow,
} from './shapes.ts'
import { Template, TemplateSummary } from './templates.ts'

/** Why a publication or a signature is refused. */
export const newsProblems = {
  'audience-not-allowed': { status: 422, title: 'You may not publish to one of these audiences.' },
  'answer-not-asked': { status: 422, title: 'This is no answer to what the notice asks.' },
  'deadline-passed': { status: 409, title: 'The deadline has passed: nothing can be signed or answered any more.' },
  'already-published': { status: 409, title: 'This is published already. It can be taken back.' },
  'dates-not-in-order': { status: 422, title: 'The end must come after the publication.' },
  'notice-without-guardians': {
    status: 422,
    title: 'A notice to sign needs guardians among those it is addressed to.',
  },
  'reminded-recently': {
    status: 409,
    title: 'These people were reminded some hours ago. Wait before you do it again.',
  },
  'too-many-saved': { status: 409, title: 'No more of these can be saved. Delete one first.' },
  'text-changed': {
    status: 409,
    title: 'The text or its files have changed since you read it. Read it again before you sign.',
  },
  'nothing-to-sign': { status: 422, title: 'This news does not ask for a signature from you.' },
} as const satisfies ProblemTable
export const newsProblem = problemsOf(newsProblems)

/** A page of what somebody follows; Home asks for the first one. */
const PublishedQuery = z.extend(PageQuery, { only: z.optional(z.literal('published')) })

const PublishedPage = z.extend(pageOf(PublishedNews), {
  /** On the first page: the version of the caller’s access. Where it is not the token’s, the session is to be renewed. */
  access: z.optional(z.string()),
})

export const newsContract = contract({
  feature: 'news',
  function: 'news',
  problems: newsProblems,
  board: newsBoard,
  schemas: {
    AddressedTo,
    AudienceChoice,
    AudienceState,
    Author,
    BoardNews,
    FormerText,
    GivenAnswer,
    HeldNews,
    News,
    NewsMark,
    NewsSummary,
    NewsText,
    PublishedNews,
    PublishedPage,
    Question,
    Reached,
    Reader,
    RecipientList,
    ReminderState,
    SentQuestion,
    SheetRow,
    Template,
    TemplateSummary,
  },
  routes: {
    ...readerRoutes,
    ...followingRoutes,
    ...composingRoutes,
    mine: route({
      kind: 'private',
      method: 'GET',
      path: '/api/news/mine',
      summary:
        'The news one published or scheduled, newest first. `only`: without what is scheduled or was taken back.',
      callers: publishers,
      within: 'self',
      query: PublishedQuery,
      reply: PublishedPage,
    }),
    ofSchool: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/news',
      summary: 'All the news of a school, for those who run it. `only`: as of one’s own.',
      callers: ['pupil-life', 'head', 'administrator'],
      within: 'school',
      params: z.object({ uai: Uai }),
      query: PublishedQuery,
      reply: PublishedPage,
    }),
    ofPerson: route({
      kind: 'private',
      method: 'GET',
      path: '/api/people/{person}/news',
      summary:
        'What somebody lately published, changed or scheduled in the schools that one runs: in the last 24 hours, or since ' +
        '24 hours before their account was frozen; newest first, 100 at most.',
      callers: ['head', 'administrator'],
      within: relation('publisher'),
      params: z.object({ person: PersonId }),
      reply: z.object({ items: z.array(PublishedNews) }),
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
      query: z.object({ audiences: joinedAudiences }),
      /** `followers`: teachers of a class that is addressed, who read along and are none of the people. */
      reply: z.object({ people: Count, guardians: Count, pupils: Count, followers: Count }),
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
      reply: z.extend(PublishedNews, { body: z.string(), attachments: z.optional(z.array(Attachment)) }),
    }),
    publish: route({
      kind: 'write',
      reachesOthers: true,
      method: 'POST',
      path: '/api/news',
      summary: 'Publish a news item to audiences, now or later.',
      callers: publishers,
      within: relation('address', 'attached'),
      body: SentDraft,
      status: 201,
      reply: PublishedNews,
      problems: ['audience-not-allowed', 'dates-not-in-order', 'notice-without-guardians'],
    }),
    edit: route({
      kind: 'write',
      reachesOthers: true,
      method: 'PUT',
      path: '/api/news/{news}',
      summary: 'Change a news item; `version` is the one that was read.',
      callers: publishers,
      within: relation('publication', 'address', 'attached'),
      params: NewsPath,
      body: z.extend(SentDraft, { version: Version }),
      status: 200,
      reply: PublishedNews,
      problems: ['audience-not-allowed', 'dates-not-in-order', 'notice-without-guardians', 'conflict'],
    }),
    undo: route({
      kind: 'write',
      reachesOthers: true,
      method: 'DELETE',
      path: '/api/news/{news}/publication',
      summary: 'Undo a publication before anybody can have seen it, as if it had never been written.',
      callers: publishers,
      within: relation('publication'),
      params: NewsPath,
      status: 204,
      problems: ['already-published'],
    }),
    withdraw: route({
      kind: 'write',
      reachesOthers: true,
      method: 'DELETE',
      path: '/api/news/{news}',
      summary: 'Take a news item back: nobody reads it any more.',
      callers: publishers,
      within: relation('publication'),
      params: NewsPath,
      status: 204,
    }),
    restore: route({
      kind: 'write',
      reachesOthers: true,
      method: 'POST',
      path: '/api/news/{news}/return',
      summary: 'Undo a withdrawal: the news item is read again, with the marks and signatures that it had.',
      callers: publishers,
      within: relation('publication'),
      params: NewsPath,
      status: 200,
      reply: PublishedNews,
      problems: ['audience-not-allowed', 'notice-without-guardians', 'conflict'],
    }),
  },
})
