import { timingSafeEqual } from 'node:crypto'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import type { Role, SchoolRole, TerritoryRole } from '../../shared/kernel/role.ts'
import { isCached, isInSchool, type Route } from '../../shared/kernel/route.ts'
import { cookie, cookies, type Event, header } from './http.ts'
import type { KeysItem } from './patterns.ts'
import type { Keys } from './platform.ts'
import { type Caller, namedSession, verifyToken } from './token.ts'

/** The cookie that holds the token. `__Host-` binds it to this host, to `/` and to TLS (RFC 6265bis). */
export const accessCookie = '__Host-preau'
/** The cookie that holds the refresh token: sent to /api/session only. */
export const refreshCookie = '__Secure-preau-renew'
/** The cookie of the people who signed in on this device before, whom others' wrong guesses do not slow. Sent to /api. */
export const deviceCookie = '__Secure-preau-device'

/** The cookie of a sign-in that waits for its second step. Sent to /api/session only. */
export const stepCookie = '__Secure-preau-step'

/** The values of a secret that are accepted at `now`: the present one, then those renewed lately. */
export const acceptedSecrets = (keys: KeysItem, name: 'edge' | 'refresh', now: Date): readonly string[] => [
  keys[name],
  ...(keys.former ?? []).flatMap(one => (one.name === name && one.until > now.toISOString() ? [one.secret] : [])),
]

const isEdge = (given: Buffer, keys: KeysItem, now: Date): boolean =>
  acceptedSecrets(keys, 'edge', now).some(secret => {
    const expected = Buffer.from(secret)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })

/** True if the request came through the territory's edge, which alone knows the secret it sends. */
export const isThroughEdge = async (event: Event, keys: Keys, now: Date): Promise<boolean> => {
  const given = Buffer.from(header(event, 'x-preau-edge') ?? '')
  // A secret that was just renewed may not be in the cached keys yet.
  return isEdge(given, await keys.current(), now) || (given.length > 0 && isEdge(given, await keys.refreshed(), now))
}

/**
 * False if a browser sends a write from another site. Every current browser sends `Sec-Fetch-Site` or, with a write,
 * `Origin`; a client that sends neither is not a browser, so that no other site can make it send a person's cookies.
 * The edge sets `x-preau-host` to the host of the viewer's request.
 */
export const isSameSite = (event: Event): boolean => {
  const site = header(event, 'sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = header(event, 'origin')
  if (origin === undefined) return true
  try {
    return new URL(origin).host === header(event, 'x-preau-host')
  } catch {
    return false
  }
}

/**
 * The refresh cookie's content. Another host of the domain can plant a second one, since its path allows no `__Host-`: of
 * several, the one that is of the access cookie's session, which no other host can plant; it is verified like any.
 */
export const refreshToken = (event: Event): string | undefined => {
  const values = cookies(event, refreshCookie)
  if (values.length < 2) return values[0]
  const session = namedSession(cookie(event, accessCookie))
  const own = values.filter(one => session !== undefined && one.split('.')[1] === session)
  return own.length === 1 ? own[0] : undefined
}

/** The caller of a valid token. `problem`: what to answer if there is no caller and the route needs one. */
export type Authenticated = { readonly caller?: Caller; readonly problem: Problem }

/** Reads and verifies the session's token, without asking the table. */
export const authenticate = async (event: Event, keys: Keys, now: Date): Promise<Authenticated> => {
  const token = cookie(event, accessCookie)
  if (!token) return { problem: problem('signed-out') }
  let verified = verifyToken(token, await keys.current(), now)
  // A key of a recent rotation may not be in the cached keys yet.
  if (verified.state === 'unknown-key') verified = verifyToken(token, await keys.refreshed(), now)
  if (verified.state === 'good') return { caller: verified.caller, problem: problem('signed-out') }
  return { problem: problem(verified.state === 'expired' ? 'session-stale' : 'signed-out') }
}

/**
 * The problem of a caller who may not call a route; undefined if they may: signed in, with a role that the route is
 * declared for, in the school of its path. Relations to what the request names are proved later, by the feature's
 * loaders.
 */
export const refusal = (
  route: Route,
  { caller, problem: unknown }: Authenticated,
  params: Readonly<Record<string, unknown>>,
): Problem | undefined => {
  // The edge has checked the audience: see functions/edge/viewer.js.
  if (isCached(route) || route.callers === 'anyone') return undefined
  if (!caller) return unknown
  if (caller.pending && !route.beforeFactor) return problem('factor-missing')
  const inSchool = isInSchool(route.within)
  const counts = (held: SchoolRole) => !inSchool || held.uai === params.uai
  if (route.callers === 'signed-in') return !inSchool || caller.roles.some(counts) ? undefined : problem('not-allowed')
  const wanted: readonly (Role | TerritoryRole)[] = route.callers
  const allowed =
    caller.roles.some(held => wanted.includes(held.role) && counts(held)) ||
    (caller.territoryRoles ?? []).some(role => wanted.includes(role))
  return allowed ? undefined : problem('not-allowed')
}
