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
import { endSession } from './end-sessions.ts'
import { readFreeze } from './frozen.ts'
import { grant } from './grant.ts'
import { sessionEnd } from './lifetime.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'
import { type Refresh, readRefresh, refreshHash, refreshSecret } from './secrets.ts'

type Renew = (typeof sessionContract)['routes']['renew']

/** Seconds for which a renewal whose reply was lost can be repeated. */
const repeatLifetime = hour

/**
 * Seconds for which a refresh token that was just rotated gets the pair that replaced it, whatever the key: two tabs of a
 * browser without Web Locks renew at the same moment (decision 83).
 */
const leeway = 10

/** Identifies the renewal of one rotation in the answer item, where other writes have a hash of their request. */
const renewalOf = ({ session, rotation }: Refresh) => `renewal ${session} ${rotation}`

const ended = () => ({ ...fail(problem('session-ended')), cookies: clearedCookies() })

const isCurrent = (refresh: Refresh, session: SessionItem): boolean =>
  refresh.rotation === session.rotation &&
  timingSafeEqual(Buffer.from(refreshHash(refresh.secret)), Buffer.from(session.refreshHash))

/**
 * Exchanges the refresh cookie for a new token and refresh cookie, with the person's current roles and audiences. A
 * refresh token presented twice ends the session, since one of the two uses is a theft (RFC 9700, 4.14.2), except within
 * seconds, or with the Idempotency-Key of the first use: that is a client whose reply was lost.
 */
export const renew =
  (platform: Platform<typeof sessionAccess>) =>
  async ({ client, key }: RequestOf<Renew, typeof sessionAccess>): Promise<AnswerOf<Renew>> => {
    const { table } = platform
    const now = platform.now()
    const cached = await platform.keys.current()
    // A secret that was just renewed may not be in the cached keys yet.
    const keys = readRefresh(client.refresh, cached, now) ? cached : await platform.keys.refreshed()
    const refresh = readRefresh(client.refresh, keys, now)
    if (!refresh) return ended()
    const { person: id, session: sid } = refresh
    const [session, account, person] = await Promise.all([
      table.get(sessionPatterns.session, { person: id, session: sid }, { consistent: true }),
      table.get(accountPatterns.account, { person: id }),
      // Consistent, and after `now`: a token says nothing that a loss of access recorded before its second took away.
      table.get(directoryPatterns.person, { person: id }, { consistent: true }),
    ])
    if (!session) return ended()
    const end = async () => {
      await table.transact([endSession(id, sid)])
      return ended()
    }
    if (!account?.password || !person) return end()
    if (person.status === 'suspended') {
      await table.transact([endSession(id, sid)])
      return { ...fail(sessionProblem('account-suspended')), cookies: clearedCookies() }
    }
    const granting = { keys, now, log: platform.log, frozen: await readFreeze(table, person) }

    /** The answer to a token that was rotated before: the new pair for a repeat or within the leeway, else the end. */
    const repeat = async (): Promise<AnswerOf<Renew>> => {
      const [answer, current] = await Promise.all([
        table.get(platformPatterns.answer, { person: id, key }, { consistent: true }),
        table.get(sessionPatterns.session, { person: id, session: sid }, { consistent: true }),
      ])
      if (!current) return ended()
      const isRepeat = answer?.request === renewalOf(refresh) || new Date(current.lastSeen) >= after(now, -leeway)
      return isRepeat && current.rotation === refresh.rotation + 1 ? grant(person, account, current, granting) : end()
    }
    if (!isCurrent(refresh, session)) return repeat()

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
        // As it was read: a session that was signed out of meanwhile has another end.
        { is: { rotation: refresh.rotation, expiresAt: session.expiresAt } },
      ),
      put(
        'answer',
        platformPatterns.answer,
        { person: id, key },
        { request: renewalOf(refresh), expiresAt: epochSeconds(after(now, repeatLifetime)) },
        { absent: true },
      ),
    ])
    if (done.ok) return grant(person, account, { ...session, ...next }, granting)
    if (done.problem.busy) return fail(problem('unavailable', { retryAfter: 1 }))
    if (done.problem.refused.includes('rotation')) return repeat()
    return fail(problem('idempotency-key-reused'))
  }
