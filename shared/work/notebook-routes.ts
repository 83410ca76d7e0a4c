import * as z from 'zod/mini'
import { boardCache } from '../kernel/board.ts'
import { AudienceId } from '../kernel/ids.ts'
import { PageQuery, pageOf } from '../kernel/page.ts'
import { relation, route } from '../kernel/route.ts'
import { Piece } from './shapes.ts'

/** The routes by which a notebook is read beside its board. */
export const notebookRoutes = {
  list: route({
    kind: 'shared',
    method: 'GET',
    path: '/api/audiences/{audience}/work',
    summary: 'The notebook of a class or group, the last day first, with texts.',
    callers: 'members',
    cache: boardCache,
    params: z.object({ audience: AudienceId }),
    /** `list`: the state of the board whose older rows these are, so that the edge's copies change with it. */
    query: z.extend(PageQuery, { list: z.optional(z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{13}$/))) }),
    reply: pageOf(Piece),
  }),
  closedList: route({
    kind: 'private',
    method: 'GET',
    path: '/api/work/closed/{audience}',
    summary:
      'The notebook of a class or group of a past year, for those who were in it when it was closed, with texts.',
    callers: 'signed-in',
    within: relation('closed'),
    params: z.object({ audience: AudienceId }),
    query: PageQuery,
    reply: pageOf(Piece),
  }),
} as const
