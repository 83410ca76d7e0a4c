import * as z from 'zod/mini'
import { contract, route } from '../kernel/route.ts'
import { Me, sessionProblems } from './contract.ts'
import { Login, Password } from './credentials.ts'
import { Email } from './email.ts'

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
