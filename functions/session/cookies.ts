import { day } from '../../shared/kernel/dates.ts'
import { accessCookie, deviceCookie, refreshCookie } from '../platform/caller.ts'

const flags = 'Secure; HttpOnly; SameSite=Lax'

const set = (name: string, value: string, path: string, maxAge: number | undefined) =>
  `${name}=${value}; Path=${path}; ${flags}${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`

/** Where the refresh cookie is sent: renewal and sign-out, no other request. */
const refreshPath = '/api/session'

/**
 * The two cookies of a session. `maxAge` in seconds keeps them when the browser closes: for a personal device only.
 * The token's cookie outlives the token, so that an expired one tells a stale session from none.
 */
export const sessionCookies = (token: string, refresh: string, maxAge: number | undefined): string[] => [
  set(accessCookie, token, '/', maxAge),
  set(refreshCookie, refresh, refreshPath, maxAge),
]

/** Removes the session's cookies from the browser. */
export const clearedCookies = (): string[] => [set(accessCookie, '', '/', 0), set(refreshCookie, '', refreshPath, 0)]

/** Keeps the device cookie for 400 days, the longest a browser keeps one; on a shared device until it closes. */
export const deviceCookieOf = (value: string, personalDevice: boolean): string =>
  set(deviceCookie, value, '/api', personalDevice ? 400 * day : undefined)
