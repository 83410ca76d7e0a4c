import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { PersonId } from '../kernel/ids.ts'
import { relation, route } from '../kernel/route.ts'
import { typedLine } from '../kernel/typed.ts'

/** Why an account's publishing is frozen. */
const FreezeReason = typedLine({ least: 3, most: 300 })

/** What those who look after an account see of it and do to it. */
export const accountRoutes = {
  sessionsOf: route({
    kind: 'private',
    method: 'GET',
    path: '/api/people/{person}/sessions',
    summary:
      'On how many devices somebody is signed in, and attempts that failed since, for those who look after their account.',
    callers: ['administrator', 'head'],
    within: relation('caredFor'),
    params: z.object({ person: PersonId }),
    /** `failed`: attempts at the account in a row that failed, with a password or a code. Absent: none. */
    reply: z.object({ count: Count, lastSeen: z.optional(Instant), failed: z.optional(Count) }),
  }),
  endSessionsOf: route({
    kind: 'write',
    reachesOthers: true,
    method: 'DELETE',
    path: '/api/people/{person}/sessions',
    summary: 'Sign somebody out on every device, for those who look after their account.',
    callers: ['administrator', 'head'],
    within: relation('caredFor'),
    params: z.object({ person: PersonId }),
    status: 204,
  }),
  freeze: route({
    kind: 'write',
    reachesOthers: true,
    method: 'PUT',
    path: '/api/people/{person}/freeze',
    summary:
      'Freeze what somebody’s account publishes and does to others, for those who look after it; with `endSessions` it ' +
      'is signed out on every device, too.',
    callers: ['administrator', 'head'],
    within: relation('freezable'),
    params: z.object({ person: PersonId }),
    body: z.object({ reason: FreezeReason, endSessions: z.boolean() }),
    status: 204,
    problems: ['conflict'],
  }),
  unfreeze: route({
    kind: 'write',
    reachesOthers: true,
    method: 'DELETE',
    path: '/api/people/{person}/freeze',
    summary: 'End the freeze of somebody’s account. What it had scheduled meanwhile stays withdrawn.',
    callers: ['administrator', 'head'],
    within: relation('freezable'),
    params: z.object({ person: PersonId }),
    status: 204,
    problems: ['conflict'],
  }),
  resetFactor: route({
    kind: 'write',
    reachesOthers: true,
    method: 'DELETE',
    path: '/api/people/{person}/factor',
    summary:
      'Remove somebody’s second factor, in their presence, for those who look after their account; signs them out on ' +
      'every device.',
    callers: ['administrator', 'head'],
    within: relation('another'),
    params: z.object({ person: PersonId }),
    status: 204,
  }),
}
