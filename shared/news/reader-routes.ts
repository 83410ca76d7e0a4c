import * as z from 'zod/mini'
import { boardCache } from '../kernel/board.ts'
import { AudienceId, PersonId, TimeId } from '../kernel/ids.ts'
import { PageQuery, pageOf } from '../kernel/page.ts'
import { relation, route } from '../kernel/route.ts'
import { HeldBoard } from './board.ts'
import { NewsOfHome } from './home.ts'
import { Answer } from './question.ts'
import { Edition, FormerText, News, NewsMark, NewsPath, NewsSummary, OwnAnswer } from './shapes.ts'

/** The form of a news item's id, within a pattern. */
const newsId = '[0-9a-hjkmnp-tv-z]{22}'

/** The routes by which people read news and say what they did with them. Their problems are those of the news' contract. */
export const readerRoutes = {
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
    summary:
      'What one did with the news of one’s audiences, for apps of the release before: since then, the state of Home.',
    callers: 'signed-in',
    within: 'self',
    reply: z.extend(NewsOfHome, {
      /** The version of the caller’s access: where it is not that of the token, the session is to be renewed. */
      access: z.string(),
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
  formerText: route({
    kind: 'private',
    method: 'GET',
    path: '/api/news/{news}/editions/{edition}',
    summary: 'A text of a news item that was replaced since: for those who saw it, and those who may manage the item.',
    callers: 'signed-in',
    within: relation('formerText'),
    params: z.extend(NewsPath, { edition: z.string().check(z.regex(/^[1-9]\d{0,4}$/)) }),
    reply: FormerText,
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
    summary:
      'Sign a notice, with an answer where it asks one: for oneself, or for a child where one signature a pupil is asked. ' +
      'Done again before the deadline, it changes one’s own answer.',
    callers: ['guardian'],
    within: relation('readable'),
    params: NewsPath,
    /** `edition`: of the text that is signed; absent: the first. */
    body: z.object({ pupil: z.optional(PersonId), edition: z.optional(Edition), answer: z.optional(Answer) }),
    status: 200,
    reply: NewsMark,
    problems: ['nothing-to-sign', 'text-changed', 'answer-not-asked', 'deadline-passed'],
  }),
  ownAnswers: route({
    kind: 'private',
    method: 'GET',
    path: '/api/news/{news}/answers/own',
    summary: 'What one has answered to a notice, for oneself or for one’s children; never what others have.',
    callers: ['guardian'],
    within: relation('readable'),
    params: NewsPath,
    reply: z.object({ items: z.array(OwnAnswer) }),
  }),
} as const
