import * as z from 'zod/mini'
import { audienceKinds } from '../kernel/audience.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, GroupId, PersonId, Uai } from '../kernel/ids.ts'
import { type ProblemTable, problemsOf } from '../kernel/problem.ts'
import { roles, territoryRoles } from '../kernel/role.ts'
import { contract, route } from '../kernel/route.ts'
import { SchoolName } from '../kernel/school.ts'
import { accountRoutes } from './account-routes.ts'
import { Email } from './email.ts'

export const Language = z.enum(['fr', 'en'])

/** What the web app knows of the person signed in; kept on the device between visits. */
export const Me = z.object({
  person: z.object({
    id: PersonId,
    givenName: z.string(),
    familyName: z.string(),
    login: z.string(),
    email: z.optional(z.string()),
    language: z.optional(Language),
  }),
  roles: z.array(z.object({ uai: Uai, role: z.enum(roles) })),
  /** Roles in the territory as a whole. Absent: none. */
  territoryRoles: z.optional(z.array(z.enum(territoryRoles))),
  schools: z.array(SchoolName),
  /** A guardian's children, in all their schools. */
  children: z.array(
    z.object({
      id: PersonId,
      givenName: z.string(),
      familyName: z.string(),
      uai: Uai,
      className: z.optional(z.string()),
    }),
  ),
  /** What the person reads; `children` says whose sake a guardian reads it for. */
  audiences: z.array(
    z.object({
      id: AudienceId,
      kind: z.enum(audienceKinds),
      uai: Uai,
      label: z.string(),
      group: z.optional(GroupId),
      children: z.optional(z.array(PersonId)),
    }),
  ),
  /**
   * A code that somebody else was given for this account, and that is not used yet: who has it may choose another
   * password. Changing the password ends it. `by`: who gave it; absent: the operator of the territory.
   */
  newCode: z.optional(z.object({ at: Instant, by: z.optional(z.string()) })),
  /** Publishing from this account is frozen since `at`, by whom, or by the operator. Absent: it is not. */
  frozen: z.optional(z.object({ at: Instant, by: z.optional(z.string()) })),
  /** Their role needs a second factor and they have none: the session can do nothing but set one up. */
  factorMissing: z.optional(z.literal(true)),
  /** The version of the person's access that the token holds: where the API tells another, the session is renewed. */
  access: z.optional(z.string()),
  /**
   * Those of `audiences` that the token does not hold, because more than a cookie holds, or because they were gained since
   * it was made: the edge answers nothing of them. Absent: none.
   */
  notInToken: z.optional(z.array(AudienceId)),
  /** When the token ends for the API: renew before. */
  expiresAt: Instant,
})
export type Me = z.infer<typeof Me>

/** The id of a session: 100 bits in base 32. */
const SessionId = z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{20}$/))

/** One place where the person is signed in. */
export const Device = z.object({
  id: z.string(),
  label: z.string(),
  since: Instant,
  lastSeen: Instant,
  current: z.boolean(),
})
export type Device = z.infer<typeof Device>

/** Why somebody is not let in, or may not choose a password. */
export const sessionProblems = {
  'wrong-credentials': { status: 401, title: 'The login or the password is not right.' },
  'factor-asked': {
    status: 401,
    title: 'The password is right. Finish the sign-in by the second factor: POST /api/session/step.',
  },
  'wrong-code': { status: 401, title: 'The login or the activation code is not right, or the code has expired.' },
  'account-suspended': { status: 403, title: 'This account is suspended: ask the school.' },
  'already-activated': { status: 409, title: 'This account is already activated: sign in with its password.' },
  'password-too-short': { status: 422, title: 'The password needs at least 12 characters.' },
  'password-too-common': {
    status: 422,
    title: 'This password is among the first ones tried by attackers: choose another.',
  },
  'too-many-attempts': { status: 429, title: 'Too many attempts: wait as long as Retry-After says.' },
} as const satisfies ProblemTable
export const sessionProblem = problemsOf(sessionProblems)

/** What was done to an account by somebody else; `person-erased`: what its own person did, of whom nothing is told. */
export const eventKinds = [
  'code-given',
  'code-given-active',
  'sessions-ended',
  'frozen',
  'unfrozen',
  'factor-added',
  'factor-removed',
  'factor-reset',
  'access-granted',
  'access-stopped',
  'access-restored',
  'person-erased',
] as const
export type EventKind = (typeof eventKinds)[number]

/** Routes of a session already begun. */
export const sessionContract = contract({
  feature: 'session',
  function: 'session',
  problems: sessionProblems,
  elsewhere: { '/api/session': ['POST'] },
  schemas: { Me, Device },
  routes: {
    renew: route({
      kind: 'write',
      method: 'POST',
      path: '/api/session/renewal',
      summary: 'Exchange the refresh cookie for a new pair; a refresh token used twice ends the session.',
      callers: 'anyone',
      within: 'self',
      setsCookies: true,
      refreshCookie: 'needed',
      status: 200,
      reply: Me,
      problems: ['session-ended', 'account-suspended'],
    }),
    signOut: route({
      kind: 'write',
      method: 'DELETE',
      path: '/api/session',
      summary: 'Sign out on this device.',
      callers: 'anyone',
      within: 'self',
      setsCookies: true,
      clearsCache: true,
      refreshCookie: 'taken',
      status: 204,
    }),
    signOutEverywhere: route({
      kind: 'write',
      beforeFactor: true,
      method: 'DELETE',
      path: '/api/sessions',
      summary: 'Sign out on every device.',
      callers: 'signed-in',
      within: 'self',
      endsSession: true,
      setsCookies: true,
      clearsCache: true,
      status: 204,
    }),
    ...accountRoutes,
    endDevice: route({
      kind: 'write',
      method: 'DELETE',
      path: '/api/sessions/{session}',
      summary: 'Sign out on another device of one’s own; on this one, sign out.',
      callers: 'signed-in',
      within: 'self',
      setsCookies: true,
      params: z.object({ session: SessionId }),
      status: 204,
      problems: ['not-found', 'conflict'],
    }),
    devices: route({
      kind: 'private',
      method: 'GET',
      path: '/api/sessions',
      summary: 'Where one is signed in.',
      callers: 'signed-in',
      within: 'self',
      reply: z.object({ items: z.array(Device) }),
    }),
    me: route({
      kind: 'private',
      beforeFactor: true,
      method: 'GET',
      path: '/api/me',
      summary: 'Who one is: roles, schools, children, audiences.',
      callers: 'signed-in',
      within: 'self',
      reply: Me,
    }),
    updateMe: route({
      kind: 'write',
      beforeFactor: true,
      method: 'PUT',
      path: '/api/me',
      summary: 'Set one’s e-mail address (absent: removed) and language.',
      callers: 'signed-in',
      within: 'self',
      body: z.object({ email: z.optional(Email), language: Language }),
      status: 200,
      reply: Me,
    }),
  },
})
