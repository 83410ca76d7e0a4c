import { timingSafeEqual } from 'node:crypto'
import { after, epochSeconds, hour } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { type sessionContract, sessionProblem } from '../../shared/session/contract.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { put, update } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { AnswerOf, RequestOf } from '../platform/request.ts'
import type { sessionAccess } from './access.ts'
import { accountPatterns } from './accounts.ts'
import { clearedCookies } from './cookies.ts'
import { ending } from './ending.ts'
import { grant } from './grant.ts'
import { sessionEnd } from './lifetime.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'
import { type Refresh, readRefresh, refreshHash, refreshSecret } from './secrets.ts'

type Renew = (typeof sessionContract)['routes']['renew']

/** How long a reply that was lost can be asked for again, in seconds. */
const repeatable = hour

/** Tells the renewal of one rotation, under its Idempotency-Key, from any other write. */
const renewalOf = ({ session, rotation }: Refresh) => `renewal ${session} ${rotation}`

const ended = () => ({ ...fail(problem('session-ended')), cookies: clearedCookies() })

const isCurrent = (refresh: Refresh, session: SessionItem): boolean =>
  refresh.rotation === session.rotation &&
  timingSafeEqual(Buffer.from(refreshHash(refresh.secret)), Buffer.from(session.refreshHash))

/**
 * Exchanges the refresh cookie for a new pair, with what the directory says of the person now. A refresh token
 * presented twice ends the session, because one of the two was stolen (RFC 9700, 4.14.2); except under the
 * Idempotency-Key that rotated it, which is the owner asking for a reply that was lost.
 */
export const renew =
  (platform: Platform<typeof sessionAccess>) =>
  async ({ client, key }: RequestOf<Renew, typeof sessionAccess>): Promise<AnswerOf<Renew>> => {
    const { table } = platform
    const keys = await platform.keys.current()
    const now = platform.now()
    const refresh = readRefresh(client.refresh, keys)
    if (!refresh) return ended()
    const { person: id, session: sid } = refresh
    const [session, account, person] = await Promise.all([
      table.get(sessionPatterns.session, { person: id, session: sid }, { consistent: true }),
      table.get(accountPatterns.account, { person: id }),
      table.get(directoryPatterns.person, { person: id }),
    ])
    if (!session) return ended()
    const end = async () => {
      await table.transact([ending(id, sid)])
      return ended()
    }
    if (!account?.password || !person) return end()
    if (person.status === 'suspended') {
      await table.transact([ending(id, sid)])
      return { ...fail(sessionProblem('account-suspended')), cookies: clearedCookies() }
    }

    /** The answer already given to this key, if what was presented is the token it rotated. */
    const again = async (): Promise<AnswerOf<Renew>> => {
      const [answer, current] = await Promise.all([
        table.get(platformPatterns.answer, { person: id, key }, { consistent: true }),
        table.get(sessionPatterns.session, { person: id, session: sid }, { consistent: true }),
      ])
      if (!current) return ended()
      const same = answer?.request === renewalOf(refresh) && current.rotation === refresh.rotation + 1
      return same ? grant(person, account, current, keys, now) : end()
    }
    if (!isCurrent(refresh, session)) return again()

    const seconds = epochSeconds(now)
    const next = {
      rotation: refresh.rotation + 1,
      refreshHash: refreshHash(refreshSecret(keys, sid, refresh.rotation + 1)),
      lastSeen: now.toISOString(),
      expiresAt: sessionEnd(epochSeconds(new Date(session.since)), seconds, session.personalDevice),
    }
    const done = await table.transact([
      update(
        'rotation',
        sessionPatterns.session,
        { person: id, session: sid },
        { set: next },
        { is: { rotation: refresh.rotation } },
      ),
      put(
        'answer',
        platformPatterns.answer,
        { person: id, key },
        { request: renewalOf(refresh), expiresAt: epochSeconds(after(now, repeatable)) },
        { absent: true },
      ),
    ])
    if (done.ok) return grant(person, account, { ...session, ...next }, keys, now)
    if (done.problem.busy) return fail(problem('unavailable', { retryAfter: 1 }))
    if (done.problem.refused.includes('rotation')) return again()
    return fail(problem('idempotency-key-reused'))
  }
