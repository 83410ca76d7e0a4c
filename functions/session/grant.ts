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

/** A browser keeps a cookie whose name and value hold 4,096 bytes at most (RFC 6265, 6.1). */
const cookieLimit = 4096

/** The token of a person's session, from what the directory says of them now. */
export const tokenFor = (person: PersonItem, session: string, keys: KeysItem, now: Date): string => {
  const audiences = person.audiences.map(one => one.id)
  for (;;) {
    const { id, roles, territoryRoles, access } = person
    const caller: Caller = { person: id, session, audiences, roles, territoryRoles, access }
    const token = signToken(caller, keys, now)
    const over = accessCookie.length + 1 + token.length - cookieLimit
    // 150 audiences fit. Beyond, the last are left out rather than the whole session lost: 20 bytes each in base64.
    if (over < 0 || audiences.length === 0) return token
    audiences.splice(-Math.max(1, Math.floor(over / 20)))
  }
}

/** Signs a person in: the reply and the cookies of a session as it is stored. The same session gives the same secret. */
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
