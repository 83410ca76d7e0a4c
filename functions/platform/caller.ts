import { timingSafeEqual } from 'node:crypto'
import { type Problem, problem } from '../../shared/kernel/problem.ts'
import type { Role, SchoolRole, TerritoryRole } from '../../shared/kernel/role.ts'
import { isCached, isInSchool, type Route } from '../../shared/kernel/route.ts'
import { cookie, type Event, header } from './http.ts'
import type { Keys } from './platform.ts'
import { type Caller, verifyToken } from './token.ts'

/** The cookie that holds the token. `__Host-` binds it to this host, to `/` and to TLS (RFC 6265bis). */
export const accessCookie = '__Host-preau'
/** The cookie that holds the refresh token: sent to /api/session only. */
export const refreshCookie = '__Secure-preau-renew'
/** The cookie that says who signed in here before: others' wrong guesses do not slow them. Sent to /api only. */
export const deviceCookie = '__Secure-preau-device'

/** True if the request came through the territory's edge, which alone knows the secret it sends. */
export const isThroughEdge = async (event: Event, keys: Keys): Promise<boolean> => {
  const [given, expected] = [Buffer.from(header(event, 'x-preau-edge') ?? ''), Buffer.from((await keys.current()).edge)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * True unless a browser says that a write comes from another site. Every browser in use sends `Sec-Fetch-Site` or,
 * with a write, `Origin`; a client that sends neither is not a browser and holds nobody's cookies.
 * `x-preau-host` is the host the viewer asked for, set by the edge.
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

/** Who the token says is calling; or nobody, and the problem to answer if somebody is needed. */
export type Authenticated = { readonly caller?: Caller; readonly problem: Problem }

/** Reads and verifies the session's token, without asking the table. */
export const authenticate = async (event: Event, keys: Keys, now: Date): Promise<Authenticated> => {
  const token = cookie(event, accessCookie)
  if (!token) return { problem: problem('signed-out') }
  let verified = verifyToken(token, await keys.current(), now)
  // A key made by a rotation a moment ago may not be known here yet.
  if (verified.state === 'unknown-key') verified = verifyToken(token, await keys.refreshed(), now)
  if (verified.state === 'good') return { caller: verified.caller, problem: problem('signed-out') }
  return { problem: problem(verified.state === 'expired' ? 'session-stale' : 'signed-out') }
}

/**
 * Why a caller may not call a route at all, or undefined: signed in, in a role it is declared for, in the school its
 * path names. Relations to what the request names are proved after this, by the loaders of the feature.
 */
export const refusal = (
  route: Route,
  { caller, problem: unknown }: Authenticated,
  params: Readonly<Record<string, unknown>>,
): Problem | undefined => {
  // The edge has checked the audience before asking: see functions/edge/viewer.js.
  if (isCached(route) || route.callers === 'anyone') return undefined
  if (!caller) return unknown
  const inSchool = isInSchool(route.within)
  const counts = (held: SchoolRole) => !inSchool || held.uai === params.uai
  if (route.callers === 'signed-in') return !inSchool || caller.roles.some(counts) ? undefined : problem('not-allowed')
  const wanted: readonly (Role | TerritoryRole)[] = route.callers
  const allowed =
    caller.roles.some(held => wanted.includes(held.role) && counts(held)) ||
    (caller.territoryRoles ?? []).some(role => wanted.includes(role))
  return allowed ? undefined : problem('not-allowed')
}
