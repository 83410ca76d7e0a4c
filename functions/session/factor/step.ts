import { problem, problemsOf } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { type factorContract, factorProblems } from '../../../shared/session/factor-contract.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { check, put, remove } from '../../platform/operation.ts'
import type { Platform } from '../../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../../platform/request.ts'
import type { factorAccess } from '../access.ts'
import { accountPatterns } from '../accounts.ts'
import { beginSession, begunBefore } from '../begin.ts'
import { endOldest } from '../end-sessions.ts'
import { factorPatterns, isSet } from '../factor-patterns.ts'
import { guess } from '../guesses.ts'
import { knownDevice } from '../known-device.ts'
import { requestOf } from './passkeys.ts'
import { afterProof } from './prove.ts'
import { readSealing } from './seal.ts'
import { clearedStepCookie, readStep } from './step-cookie.ts'

type Routes = (typeof factorContract)['routes']
type FactorPlatform = Platform<typeof factorAccess>

export const factorProblem = problemsOf(factorProblems)

const consistent = { consistent: true } as const
const ended = () => ({ ...fail(factorProblem('step-ended')), cookies: [clearedStepCookie()] })

/** What a sign-in that waits asks for: a code, or a passkey of this host. */
export const step =
  (platform: FactorPlatform) =>
  async ({ client }: RequestOf<Routes['step'], typeof factorAccess>): Promise<AnswerOf<Routes['step']>> => {
    const named = readStep(client.step, await platform.keys.current())
    const { table } = platform
    const [stored, factor] = named
      ? await Promise.all([
          table.get(factorPatterns.step, named, consistent),
          table.get(factorPatterns.factor, { person: named.person }, consistent),
        ])
      : []
    if (!stored || !isSet(factor)) return fail(factorProblem('step-ended'))
    const passkey = requestOf(factor.passkeys, { host: client.host, challenge: stored.challenge })
    const code = factor.totp !== undefined || factor.recovery.length > 0
    const { personalDevice } = stored
    return ok({ code, personalDevice, ...(passkey.allowCredentials.length > 0 && { passkey }) })
  }

/**
 * Finishes a sign-in: in one transaction the step is used up, the proof counts, and the session begins. Guesses are bounded
 * like those at the password, by network and in a row by account.
 */
export const finish =
  (platform: FactorPlatform) =>
  async ({
    body,
    client,
    key,
    now,
  }: RequestOf<Routes['finish'], typeof factorAccess>): Promise<AnswerOf<Routes['finish']>> => {
    const { table } = platform
    const keys = await platform.keys.current()
    const named = readStep(client.step, keys)
    if (!named) return ended()
    const { person: id } = named
    const [stored, factor, account, person] = await Promise.all([
      table.get(factorPatterns.step, named, consistent),
      table.get(factorPatterns.factor, { person: id }, consistent),
      table.get(accountPatterns.account, { person: id }, consistent),
      table.get(directoryPatterns.person, { person: id }, consistent),
    ])
    if (!account?.password || !person) return ended()
    if (person.status === 'suspended') return fail({ ...factorProblem('account-suspended') })
    const { personalDevice = false } = stored ?? {}
    const beginning = { person, account, personalDevice, client, key, request: ['step', named.step], now }
    const finished = async (): Promise<AnswerOf<Routes['finish']>> => {
      const first = await begunBefore(platform, beginning)
      if (!first) return ended()
      return first.ok && first.value.ok ? first.value : ended()
    }
    // A repeat whose first answer was lost has no step any more.
    if (!stored || stored.password !== account.password || !isSet(factor)) return finished()

    const attempt = await guess(platform, {
      secret: 'factor',
      account: id,
      address: client.address,
      device: knownDevice(client.device, id, keys),
    })
    if (!attempt.ok) return attempt
    const sealing = () => readSealing(platform.table)
    const proving = { person: id, sealing, now, host: client.host, challenge: stored.challenge }
    const next = await afterProof(factor, body.proof, proving)
    if (!next) {
      await attempt.value.wrong()
      return fail(factorProblem('wrong-factor'))
    }
    const begun = await beginSession(platform, beginning, [
      remove('step', factorPatterns.step, named, { present: true }),
      check('password', accountPatterns.account, { person: id }, { is: { password: account.password } }),
      put(
        'factor',
        factorPatterns.factor,
        { person: id },
        { ...next, version: factor.version + 1 },
        { is: { version: factor.version } },
      ),
      attempt.value.clear,
      ...(await endOldest(platform, id)),
    ])
    if (begun.ok) {
      await attempt.value.right()
      const { value } = begun
      return value.ok ? { ...value, cookies: [...value.cookies, clearedStepCookie()] } : ended()
    }
    const { names, problem: why } = begun.problem
    if (names.includes('answer') || names.includes('step')) return finished()
    // The same code twice at one moment counts once.
    if (names.includes('factor')) return fail(factorProblem('wrong-factor'))
    return names.includes('password') ? ended() : fail(why.type === 'conflict' ? problem('conflict') : why)
  }
