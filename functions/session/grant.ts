import { epochSeconds } from '../../shared/kernel/dates.ts'
import { ok } from '../../shared/kernel/result.ts'
import type { Me } from '../../shared/session/contract.ts'
import type { PersonItem } from '../directory/audiences.ts'
import { accessCookie } from '../platform/caller.ts'
import type { Log, LogMessage } from '../platform/log.ts'
import type { FreezeItem, KeysItem } from '../platform/patterns.ts'
import { signToken, tokenLifetime } from '../platform/token.ts'
import type { AccountItem } from './accounts.ts'
import { sessionCookies } from './cookies.ts'
import { meOf } from './me.ts'
import type { SessionItem } from './patterns.ts'
import { refreshText, storedRefreshSecret } from './secrets.ts'

/** The log messages of sessions. */
export const sessionLogMessages = {
  leftOut: { code: 'SESSION-1', text: 'audiences did not fit into a token' },
} as const satisfies Record<string, LogMessage>

/** Bytes of a cookie's name and value that browsers accept (RFC 6265, 6.1). */
const cookieLimit = 4096
/** Bytes of one audience in the token: 12 characters in base64. */
const bytesPerAudience = 16
/** The most children in the token: what is read of further ones waits for the person. */
const mostChildren = 10

type TokenSession = Pick<SessionItem, 'session' | 'expiresAt' | 'pending'>

/**
 * The token of a person's session, with the roles and audiences that the directory has for them now. About 200 audiences
 * fit into the cookie. `audiences`: those in the token, in the person's order; where there are more, the last ones are
 * left out, since browsers would drop a larger cookie. That of a session which waits for a second factor holds no role and
 * no audience: the edge lets it read nothing.
 */
export const tokenFor = (
  { id, roles, territoryRoles, access, audiences, children: of }: PersonItem,
  { session, expiresAt: end, pending }: TokenSession,
  keys: KeysItem,
  now: Date,
): { readonly token: string; readonly audiences: readonly string[] } => {
  if (pending) {
    const token = signToken({ person: id, session, audiences: [], roles: [], access, pending, end }, keys, now)
    return { token, audiences: [] }
  }
  const children = [...new Set(of.map(child => child.id))].slice(0, mostChildren)
  let held = audiences
  for (;;) {
    const signed = { person: id, session, audiences: held, roles, territoryRoles, children, access, end }
    const token = signToken(signed, keys, now)
    const excess = accessCookie.length + 1 + token.length - cookieLimit
    if (excess < 0 || held.length === 0) return { token, audiences: held.map(one => one.id) }
    held = held.slice(0, -Math.max(1, Math.floor(excess / bytesPerAudience)))
  }
}

/** What a session is granted with. `frozen`: the account's freeze, which the person is told of. */
type Granting = {
  readonly keys: KeysItem
  readonly now: Date
  readonly log: Log
  readonly frozen: FreezeItem | undefined
}

/**
 * The reply and cookies of a stored session. The refresh secret is derived, so that a repeat gets the same one.
 * Audiences that do not fit into the token are named in the reply, logged and counted.
 */
export const grant = (
  person: PersonItem,
  account: AccountItem,
  session: Pick<SessionItem, 'session' | 'rotation' | 'refreshHash' | 'personalDevice' | 'expiresAt' | 'pending'>,
  { keys, now, log, frozen }: Granting,
): { ok: true; value: Me; cookies: string[] } => {
  const seconds = epochSeconds(now)
  const { session: id, rotation } = session
  const secret = storedRefreshSecret(keys, session, now)
  const refresh = refreshText({ person: person.id, session: id, rotation, secret })
  const maxAge = session.personalDevice ? session.expiresAt - seconds : undefined
  const { token, audiences } = tokenFor(person, session, keys, now)
  const leftOut = session.pending ? 0 : person.audiences.length - audiences.length
  if (leftOut > 0) {
    log.error(sessionLogMessages.leftOut, { leftOut })
    log.count('AudiencesLeftOut', leftOut)
  }
  return {
    ...ok(
      meOf(person, account, {
        access: person.access,
        audiences,
        expiresAt: seconds + tokenLifetime,
        frozen,
        pending: session.pending,
      }),
    ),
    cookies: sessionCookies(token, refresh, maxAge),
  }
}
