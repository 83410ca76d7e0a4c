import * as z from 'zod/mini'
import { audienceKinds } from '../kernel/audience.ts'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, GroupId, PersonId, Uai } from '../kernel/ids.ts'
import { type ProblemTable, problemsOf } from '../kernel/problem.ts'
import { roles, territoryRoles } from '../kernel/role.ts'
import { contract, relation, route } from '../kernel/route.ts'
import { SchoolName } from '../kernel/school.ts'
import { typedLine } from '../kernel/typed.ts'
import { Login, Password } from './credentials.ts'
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

/** Why an account's publishing is frozen. */
const FreezeReason = typedLine({ least: 3, most: 300 })

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

/**
 * Routes that hash passwords: a function of its own, so that a rush at the door never starves the rest. Their throttles are
 * some times the visits a second that were expected of closure day: a flood of wrong passwords takes no more of the requests
 * that the account has for everything.
 */
export const passwordContract = contract({
  feature: 'session',
  function: 'password',
  problems: sessionProblems,
  schemas: { Me },
  routes: {
    signIn: route({
      kind: 'write',
      method: 'POST',
      path: '/api/session',
      summary: 'Sign in with login and password; sets the session cookies.',
      callers: 'anyone',
      within: 'self',
      throttle: { rate: 500, burst: 500 },
      setsCookies: true,
      secretBody: true,
      body: z.object({ login: Login, password: Password, personalDevice: z.boolean() }),
      status: 201,
      reply: Me,
      problems: ['wrong-credentials', 'account-suspended', 'too-many-attempts', 'factor-asked'],
    }),
    activate: route({
      kind: 'write',
      method: 'POST',
      path: '/api/activation',
      summary: 'Turn an activation code into an account: choose a password, and sign in.',
      callers: 'anyone',
      within: 'self',
      throttle: { rate: 100, burst: 200 },
      setsCookies: true,
      secretBody: true,
      body: z.object({
        login: Login,
        code: z.string().check(z.trim(), z.minLength(4), z.maxLength(40)),
        password: Password,
        email: z.optional(Email),
        personalDevice: z.boolean(),
      }),
      status: 201,
      reply: Me,
      problems: [
        'wrong-code',
        'already-activated',
        'account-suspended',
        'too-many-attempts',
        'password-too-short',
        'password-too-common',
        'factor-asked',
      ],
    }),
    changePassword: route({
      kind: 'write',
      method: 'PUT',
      path: '/api/session/password',
      summary: 'Change one’s password; every other session ends.',
      callers: 'signed-in',
      within: 'self',
      throttle: { rate: 50, burst: 100 },
      setsCookies: true,
      secretBody: true,
      body: z.object({ current: Password, next: Password }),
      status: 200,
      reply: Me,
      problems: ['wrong-credentials', 'too-many-attempts', 'password-too-short', 'password-too-common'],
    }),
  },
})

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
