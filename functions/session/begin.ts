import { epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { PersonItem } from '../directory/audiences.ts'
import { put } from '../platform/operation.ts'
import type { Platform } from '../platform/platform.ts'
import type { Client } from '../platform/request.ts'
import type { OperationOf } from '../platform/table.ts'
import type { passwordAccess } from './access.ts'
import type { AccountItem } from './accounts.ts'
import { deviceCookieOf } from './cookies.ts'
import { deviceLabel } from './device-label.ts'
import { grant } from './grant.ts'
import { rememberDevice } from './known-device.ts'
import { sessionEnd } from './lifetime.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'
import { refreshHash, refreshSecret, sessionIdOf } from './secrets.ts'

type Beginning = {
  readonly person: PersonItem
  readonly account: AccountItem
  readonly personalDevice: boolean
  readonly client: Client
  /** The client's Idempotency-Key: with the person, it names the session. */
  readonly key: string
  /** A moment before the person was read: the token's second, so that a loss of access recorded later refuses it. */
  readonly now: Date
}

/** The id that stands for the person of an unknown login, so that the same requests are made for it. */
export const nobody = '0'.repeat(16)

/**
 * Begins a session in one transaction with `operations`. If a session was begun with this key before, it is answered and
 * nothing is written. Fails with the names of the operations whose condition was not met.
 */
export const begin = async (
  platform: Platform<typeof passwordAccess>,
  { person, account, personalDevice, client, key, now }: Beginning,
  operations: readonly OperationOf<typeof passwordAccess>[],
): Promise<Result<ReturnType<typeof grant>, readonly string[] | 'busy'>> => {
  const keys = await platform.keys.current()
  const seconds = epochSeconds(now)
  const id = sessionIdOf(keys, person.id, key)
  const fields = {
    session: id,
    device: deviceLabel(client.agent),
    since: now.toISOString(),
    lastSeen: now.toISOString(),
    refreshHash: refreshHash(refreshSecret(keys, id, 0)),
    rotation: 0,
    personalDevice,
    expiresAt: sessionEnd(seconds, seconds, personalDevice),
  }
  const done = await platform.table.transact([
    put('session', sessionPatterns.session, { person: person.id, session: id }, fields, { absent: true }),
    ...operations,
  ])
  let session: typeof fields | SessionItem = fields
  if (!done.ok) {
    if (done.problem.busy) return fail('busy')
    if (!done.problem.refused.includes('session')) return fail(done.problem.refused)
    const first = await platform.table.get(
      sessionPatterns.session,
      { person: person.id, session: id },
      { consistent: true },
    )
    if (!first) return fail(done.problem.refused)
    session = first
  }
  const granted = grant(person, account, session, { keys, now, log: platform.log })
  const device = deviceCookieOf(rememberDevice(client.device, person.id, keys), personalDevice)
  return ok({ ...granted, cookies: [...granted.cookies, device] })
}

/** The problem to answer if `begin` fails and the caller has no more specific one. */
export const beginProblem = (reason: readonly string[] | 'busy') =>
  reason === 'busy' ? problem('unavailable', { retryAfter: 1 }) : problem('conflict')
