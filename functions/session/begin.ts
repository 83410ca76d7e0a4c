import { createHash, timingSafeEqual } from 'node:crypto'
import { after, epochSeconds } from '../../shared/kernel/dates.ts'
import { answerLifetime } from '../../shared/kernel/idempotency.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { PersonItem } from '../directory/audiences.ts'
import { put } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { Client } from '../platform/request.ts'
import type { OperationOf } from '../platform/table.ts'
import type { passwordAccess } from './access.ts'
import type { AccountItem } from './accounts.ts'
import { deviceCookieOf } from './cookies.ts'
import { deviceLabel } from './device-label.ts'
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

type Granted = ReturnType<typeof grant>
/** Why no session was begun: the operations whose condition was not met, and what to answer if that says no more. */
type Refused = { readonly names: readonly string[]; readonly problem: Problem }

/** The id that stands for the person of an unknown login, so that the same requests are made for it. */
export const nobody = '0'.repeat(16)

const hashOf = (request: readonly unknown[]) => createHash('sha256').update(JSON.stringify(request)).digest('base64url')

const granted = async (
  platform: Platform<typeof passwordAccess>,
  { person, account, client, now }: Beginning,
  session: Pick<SessionItem, 'session' | 'rotation' | 'personalDevice' | 'expiresAt'>,
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
  platform: Platform<typeof passwordAccess>,
  beginning: Beginning,
): Promise<Result<Granted, Problem> | undefined> => {
  const person = beginning.person.id
  const { key } = beginning
  const answer = await platform.table.get(platformPatterns.answer, { person, key }, { consistent: true })
  if (!answer) return undefined
  const [stored, asked] = [Buffer.from(answer.request), Buffer.from(hashOf(beginning.request))]
  const isSame = stored.length === asked.length && timingSafeEqual(stored, asked)
  if (!isSame || !answer.session) return fail(problem('idempotency-key-reused'))
  const { session: id } = answer
  const session = await platform.table.get(sessionPatterns.session, { person, session: id }, { consistent: true })
  return session ? ok(await granted(platform, beginning, session)) : fail(problem('session-ended'))
}

/**
 * Begins a session in one transaction with `operations`. Fails with `answer` among the names if one was begun with this
 * key before: see {@link begunBefore}. `id`: a random one, so that no session ever has the id of one that has ended.
 */
export const begin = async (
  platform: Platform<typeof passwordAccess>,
  beginning: Beginning,
  operations: readonly OperationOf<typeof passwordAccess>[],
  id = randomId(20),
): Promise<Result<Granted, Refused>> => {
  const { person, personalDevice, client, key, request, now } = beginning
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
    expiresAt: sessionEnd(seconds, seconds, personalDevice),
  }
  const answer = { request: hashOf(request), session: id, expiresAt: epochSeconds(after(now, answerLifetime)) }
  const done = await platform.table.transact([
    put('answer', platformPatterns.answer, { person: person.id, key }, answer, { absent: true }),
    put('session', sessionPatterns.session, { person: person.id, session: id }, session, { absent: true }),
    ...operations,
  ])
  if (done.ok) return ok(await granted(platform, beginning, session))
  const { refused: names, busy } = done.problem
  return fail({ names, problem: busy ? problem('unavailable', { retryAfter: 1 }) : problem('conflict') })
}
