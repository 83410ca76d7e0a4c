import { epochSeconds } from '../../shared/kernel/dates.ts'
import { ok } from '../../shared/kernel/result.ts'
import type { Me } from '../../shared/session/contract.ts'
import type { PersonItem } from '../directory/audiences.ts'
import { accessCookie } from '../platform/caller.ts'
import type { KeysItem } from '../platform/patterns.ts'
import type { Caller } from '../platform/token.ts'
import { signToken, tokenLifetime } from '../platform/token.ts'
import type { AccountItem } from './accounts.ts'
import { sessionCookies } from './cookies.ts'
import { meOf } from './me.ts'
import type { SessionItem } from './patterns.ts'
import { refreshSecret, refreshText } from './secrets.ts'

/** Bytes of a cookie's name and value that browsers accept (RFC 6265, 6.1). */
const cookieLimit = 4096
/** Bytes of one audience id in the token: 12 characters with quotes and comma, in base64. */
const bytesPerAudience = 20

/** The token of a person's session, with the roles and audiences that the directory has for them now. */
export const tokenFor = (person: PersonItem, session: string, keys: KeysItem, now: Date): string => {
  const audiences = person.audiences.map(one => one.id)
  for (;;) {
    const { id, roles, territoryRoles, access } = person
    const caller: Caller = { person: id, session, audiences, roles, territoryRoles, access }
    const token = signToken(caller, keys, now)
    const excess = accessCookie.length + 1 + token.length - cookieLimit
    // About 150 audiences fit. If there are more, the last ones are left out, since a larger cookie would be dropped.
    if (excess < 0 || audiences.length === 0) return token
    audiences.splice(-Math.max(1, Math.floor(excess / bytesPerAudience)))
  }
}

/** The reply and cookies of a stored session. The refresh secret is derived, so that a repeat gets the same one. */
export const grant = (
  person: PersonItem,
  account: AccountItem,
  session: Pick<SessionItem, 'session' | 'rotation' | 'personalDevice' | 'expiresAt'>,
  keys: KeysItem,
  now: Date,
): { ok: true; value: Me; cookies: string[] } => {
  const seconds = epochSeconds(now)
  const { session: id, rotation } = session
  const refresh = refreshText({ person: person.id, session: id, rotation, secret: refreshSecret(keys, id, rotation) })
  const maxAge = session.personalDevice ? session.expiresAt - seconds : undefined
  return {
    ...ok(meOf(person, account, seconds + tokenLifetime)),
    cookies: sessionCookies(tokenFor(person, id, keys, now), refresh, maxAge),
  }
}
