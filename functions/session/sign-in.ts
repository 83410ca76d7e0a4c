import { fail } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import type { passwordContract } from '../../shared/session/password-contract.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { check, update } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { passwordAccess } from './access.ts'
import { accountPatterns, dayOf } from './accounts.ts'
import { begin, begunBefore, nobody } from './begin.ts'
import { endOldest } from './end-sessions.ts'
import { guess } from './guesses.ts'
import { knownDevice } from './known-device.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'

type SignIn = (typeof passwordContract)['routes']['signIn']

/** The hash that is verified for an unknown login, so that the duration does not reveal whether a login exists. */
let decoyHash: Promise<string> | undefined

/**
 * Requires that the password is still the one that was verified; the first time of a day, notes the day, so that those
 * who look after accounts see which are used.
 */
const asVerified = (person: string, password: string, lastSignIn: string | undefined, now: Date) => {
  const today = dayOf(now)
  const condition = { is: { password } }
  return lastSignIn === today
    ? check('password', accountPatterns.account, { person }, condition)
    : update('password', accountPatterns.account, { person }, { set: { lastSignIn: today } }, condition)
}

/** Signs a person in by login and password. The same work is done, and the same answer given, for an unknown login. */
export const signIn =
  (platform: Platform<typeof passwordAccess>) =>
  async ({ body, key, client, now }: RequestOf<SignIn, typeof passwordAccess>): Promise<AnswerOf<SignIn>> => {
    const { table } = platform
    const keys = await platform.keys.current()
    const login = await table.get(accountPatterns.login, { login: body.login })
    const id = login?.person ?? nobody
    const attempt = await guess(platform, {
      secret: 'password',
      account: body.login,
      address: client.address,
      device: knownDevice(client.device, id, keys),
    })
    if (!attempt.ok) return attempt
    const [account, person] = await Promise.all([
      table.get(accountPatterns.account, { person: id }),
      table.get(directoryPatterns.person, { person: id }, { consistent: true }),
    ])
    if (!decoyHash) decoyHash = hashPassword('not a password of anybody')
    const isCorrect = await verifyPassword(body.password, account?.password ?? (await decoyHash))
    if (!isCorrect || !account?.password || !person) {
      await attempt.value.wrong()
      return fail(sessionProblem('wrong-credentials'))
    }
    if (person.status === 'suspended') return fail(sessionProblem('account-suspended'))
    const { personalDevice } = body
    // The stored hash stands for the password that was verified against it: the request's hash is one of no secret.
    const asked = ['sign-in', body.login, account.password, personalDevice]
    const beginning = { person, account, personalDevice, client, key, request: asked, now }
    const begun = await begin(platform, beginning, [
      asVerified(id, account.password, account.lastSignIn, now),
      attempt.value.clear,
      ...(await endOldest(platform, id)),
    ])
    if (begun.ok) {
      await attempt.value.right()
      return begun.value
    }
    const { names, problem } = begun.problem
    const first = names.includes('answer') ? await begunBefore(platform, beginning) : undefined
    if (first) return first.ok ? first.value : first
    // The password was changed while the old one was being verified.
    return fail(names.includes('password') ? sessionProblem('wrong-credentials') : problem)
  }
