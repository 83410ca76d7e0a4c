import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { after, epochSeconds } from '../../shared/kernel/dates.ts'
import { answerLifetime } from '../../shared/kernel/idempotency.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { sessionProblem } from '../../shared/session/contract.ts'
import { deviceLabel } from '../../shared/session/device-label.ts'
import type { PersonItem } from '../directory/audiences.ts'
import { put } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { Client } from '../platform/request.ts'
import type { OperationOf } from '../platform/table.ts'
import type { factorAccess, passwordAccess, signInAccess } from './access.ts'
import type { AccountItem } from './accounts.ts'
import { deviceCookieOf } from './cookies.ts'
import { needsFactor, readFactor } from './factor/needed.ts'
import { type Step, stepCookieOf, stepLifetime } from './factor/step-cookie.ts'
import { factorPatterns, isSet } from './factor-patterns.ts'
import { readFreeze } from './frozen.ts'
import { grant } from './grant.ts'
import { rememberDevice } from './known-device.ts'
import { sessionEnd } from './lifetime.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'
import { refreshHash, refreshSecret } from './secrets.ts'

type Beginning = {
  readonly person: PersonItem
  readonly account: AccountItem
  readonly personalDevice: boolean
  readonly client: Client
  /** The client's Idempotency-Key: one session is begun with it, once. */
  readonly key: string
  /** What was asked for, without secrets, and what was proved by them: another request with the same key is refused. */
  readonly request: readonly unknown[]
  /** A moment before the person was read: the token's second, so that a loss of access recorded later refuses it. */
  readonly now: Date
}

/** A session, or the second step that comes before it: a problem, with the cookie that names the step. */
type Granted =
  | ReturnType<typeof grant>
  | { readonly ok: false; readonly problem: Problem<'factor-asked'>; readonly cookies: string[] }
/** Why no session was begun: the operations whose condition was not met, and what to answer if that says no more. */
type Refused = { readonly names: readonly string[]; readonly problem: Problem }

/** The id that stands for the person of an unknown login, so that the same requests are made for it. */
export const nobody = '0'.repeat(16)

const hashOf = (request: readonly unknown[]) => createHash('sha256').update(JSON.stringify(request)).digest('base64url')

const granted = async (
  platform: Platform<typeof signInAccess>,
  { person, account, client, now }: Beginning,
  session: Pick<SessionItem, 'session' | 'rotation' | 'refreshHash' | 'personalDevice' | 'expiresAt' | 'pending'>,
): Promise<Granted> => {
  const [keys, frozen] = await Promise.all([platform.keys.current(), readFreeze(platform.table, person)])
  const answer = grant(person, account, session, { keys, now, log: platform.log, frozen })
  const device = deviceCookieOf(rememberDevice(client.device, person.id, keys), session.personalDevice)
  return { ...answer, cookies: [...answer.cookies, device] }
}

/**
 * The session that was begun with this key before, as long as it lasts: what has ended is not begun again by a repeat.
 * Undefined if none was begun with the key.
 */
export const begunBefore = async (
  platform: Platform<typeof signInAccess>,
  beginning: Beginning,
): Promise<Result<Granted, Problem> | undefined> => {
  const person = beginning.person.id
  const { key } = beginning
  const answer = await platform.table.get(platformPatterns.answer, { person, key }, { consistent: true })
  if (!answer) return undefined
  const [stored, asked] = [Buffer.from(answer.request), Buffer.from(hashOf(beginning.request))]
  const isSame = stored.length === asked.length && timingSafeEqual(stored, asked)
  if (!isSame) return fail(problem('idempotency-key-reused'))
  if (answer.step !== undefined) {
    const step = { person, step: answer.step }
    const waits = await platform.table.get(factorPatterns.step, step, { consistent: true })
    return waits ? ok(await stepAsked(platform, step)) : fail(problem('session-ended'))
  }
  if (!answer.session) return fail(problem('idempotency-key-reused'))
  const { session: id } = answer
  const session = await platform.table.get(sessionPatterns.session, { person, session: id }, { consistent: true })
  return session ? ok(await granted(platform, beginning, session)) : fail(problem('session-ended'))
}

type SignInPlatform = Platform<typeof signInAccess>
type Operations = readonly OperationOf<typeof passwordAccess>[]
/** A sign-in that is finished by a second factor writes that as well. */
type FinishingOperations = readonly OperationOf<typeof factorAccess | typeof passwordAccess>[]

const stepAsked = async ({ keys }: SignInPlatform, step: Step): Promise<Granted> => ({
  ...fail(sessionProblem('factor-asked')),
  cookies: [stepCookieOf(await keys.current(), step)],
})

const answerOf = ({ request, now }: Beginning, begun: { readonly session?: string; readonly step?: string }) => ({
  request: hashOf(request),
  ...begun,
  expiresAt: epochSeconds(after(now, answerLifetime)),
})

const begunBy = async (
  platform: SignInPlatform,
  operations: FinishingOperations,
  granting: () => Promise<Granted>,
): Promise<Result<Granted, Refused>> => {
  // The accesses are of one table: each function's operations were accepted by its own type.
  const done = await platform.table.transact(operations as readonly OperationOf<typeof signInAccess>[])
  if (done.ok) return ok(await granting())
  const { refused: names, busy } = done.problem
  return fail({ names, problem: busy ? problem('unavailable', { retryAfter: 1 }) : problem('conflict') })
}

/**
 * Begins a session in one transaction with `operations`. Fails with `answer` among the names if one was begun with this
 * key before: see {@link begunBefore}. `id`: a random one, so that no session ever has the id of one that has ended.
 * `pending`: it can do nothing but set up a second factor.
 */
export const beginSession = async (
  platform: SignInPlatform,
  beginning: Beginning,
  operations: FinishingOperations,
  { id = randomId(20), pending = false }: { readonly id?: string; readonly pending?: boolean } = {},
): Promise<Result<Granted, Refused>> => {
  const { person, personalDevice, client, key, now } = beginning
  const keys = await platform.keys.current()
  const seconds = epochSeconds(now)
  const session: SessionItem = {
    session: id,
    device: deviceLabel(client.agent),
    since: now.toISOString(),
    lastSeen: now.toISOString(),
    refreshHash: refreshHash(refreshSecret(keys, id, 0)),
    rotation: 0,
    personalDevice,
    ...(pending && { pending }),
    expiresAt: sessionEnd(seconds, seconds, personalDevice),
  }
  const answer = answerOf(beginning, { session: id })
  const own = [
    put('answer', platformPatterns.answer, { person: person.id, key }, answer, { absent: true }),
    put('session', sessionPatterns.session, { person: person.id, session: id }, session, { absent: true }),
  ]
  return begunBy(platform, [...own, ...operations], () => granted(platform, beginning, session))
}

/** Has a sign-in wait for its second step, in one transaction with `operations`. */
const beginStep = async (
  platform: SignInPlatform,
  beginning: Beginning,
  operations: Operations,
): Promise<Result<Granted, Refused>> => {
  const { person, account, personalDevice, key, now } = beginning
  const step = { person: person.id, step: randomId(20) }
  const item = {
    challenge: randomBytes(32).toString('base64url'),
    personalDevice,
    password: account.password ?? '',
    expiresAt: epochSeconds(after(now, stepLifetime)),
  }
  const answer = answerOf(beginning, { step: step.step })
  const own = [
    put('answer', platformPatterns.answer, { person: person.id, key }, answer, { absent: true }),
    put('step', factorPatterns.step, step, item, { absent: true }),
  ]
  return begunBy(platform, [...own, ...operations], () => stepAsked(platform, step))
}

/**
 * Begins the session of somebody whose password was right, in one transaction with `operations`; of somebody with a second
 * factor, the second step instead. Where a role needs a factor that is missing, the session waits for it to be set up.
 */
export const begin = async (
  platform: SignInPlatform,
  beginning: Beginning,
  operations: Operations,
  id?: string,
): Promise<Result<Granted, Refused>> => {
  const { person } = beginning
  if (isSet(await readFactor(platform.table, person))) return beginStep(platform, beginning, operations)
  const pending = needsFactor(person, platform.config)
  return beginSession(platform, beginning, operations, { ...(id !== undefined && { id }), pending })
}
