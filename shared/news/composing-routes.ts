import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { TimeId, Uai } from '../kernel/ids.ts'
import { Cursor, pageOf } from '../kernel/page.ts'
import { route, schoolRelation } from '../kernel/route.ts'
import { KeptDraft } from './kept-draft.ts'
import { RecipientList, SentList } from './lists.ts'
import { publishers } from './publishers.ts'
import { Reached } from './shapes.ts'
import { SentTemplate, Template, TemplateSummary } from './templates.ts'

const ofSchool = z.object({ uai: Uai })

/** Audiences of a query, joined by commas. */
export const joinedAudiences = z.string().check(z.regex(/^[0-9a-z]{12}(,[0-9a-z]{12}){0,19}$/))

/** The routes that help to write: who is reached, lists of recipients, templates, what was
 * begun on another device. Their problems are those of the news' contract. */
export const composingRoutes = {
  reached: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/news/reached',
    summary: 'Whom the audiences, joined by commas, hold together, by name: each person once.',
    callers: publishers,
    within: schoolRelation('audiences'),
    params: ofSchool,
    query: z.object({ audiences: joinedAudiences, cursor: z.optional(Cursor) }),
    /** `people`: how many they are, on all pages. */
    reply: z.extend(pageOf(Reached), { people: Count }),
    problems: ['audience-not-allowed', 'notice-without-guardians'],
  }),
  lists: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/news/lists',
    summary: 'The lists of recipients that the caller has saved in a school, by name.',
    callers: publishers,
    within: 'school',
    params: ofSchool,
    reply: z.object({ items: z.array(RecipientList) }),
  }),
  saveList: route({
    kind: 'write',
    method: 'POST',
    path: '/api/schools/{uai}/news/lists',
    summary: 'Save a list of recipients for oneself. One of the same name is replaced.',
    callers: publishers,
    within: schoolRelation('listed'),
    params: ofSchool,
    body: SentList,
    status: 201,
    reply: RecipientList,
    problems: ['audience-not-allowed', 'notice-without-guardians', 'too-many-saved', 'conflict'],
  }),
  removeList: route({
    kind: 'write',
    method: 'DELETE',
    path: '/api/schools/{uai}/news/lists/{list}',
    summary: 'Delete one of one’s lists of recipients.',
    callers: publishers,
    within: 'school',
    params: z.extend(ofSchool, { list: TimeId }),
    status: 204,
    problems: ['conflict'],
  }),
  templates: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/news/templates',
    summary: 'The templates that the caller may begin from: one’s own, then the school’s, each by name.',
    callers: publishers,
    within: 'school',
    params: ofSchool,
    reply: z.object({ items: z.array(TemplateSummary) }),
  }),
  template: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/news/templates/{template}',
    summary: 'One template, with its text.',
    callers: publishers,
    within: 'school',
    params: z.extend(ofSchool, { template: TimeId }),
    reply: Template,
    problems: ['not-found'],
  }),
  saveTemplate: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/schools/{uai}/news/templates',
    summary: 'Save a template, for oneself or, for those who run it, for a school. One of the same name is replaced.',
    callers: publishers,
    within: 'school',
    params: ofSchool,
    body: SentTemplate,
    status: 201,
    reply: TemplateSummary,
    problems: ['too-many-saved'],
  }),
  removeTemplate: route({
    kind: 'write',
    reachesOthers: true,
    method: 'DELETE',
    path: '/api/schools/{uai}/news/templates/{template}',
    summary: 'Delete a template: one’s own or, for those who run the school, one of the school.',
    callers: publishers,
    within: 'school',
    params: z.extend(ofSchool, { template: TimeId }),
    status: 204,
  }),
  keptDraft: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/news/draft',
    summary: 'What the caller has begun to write for a school, on any of their devices.',
    callers: publishers,
    within: 'school',
    params: ofSchool,
    reply: z.object({ draft: z.optional(KeptDraft) }),
  }),
  keepDraft: route({
    kind: 'write',
    method: 'PUT',
    path: '/api/schools/{uai}/news/draft',
    summary: 'Keep what one has begun to write for a school, or that one is done with it. A later one is not replaced.',
    callers: publishers,
    within: 'school',
    params: ofSchool,
    body: KeptDraft,
    status: 204,
    problems: ['conflict'],
  }),
} as const
