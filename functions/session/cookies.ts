import { day } from '../../shared/kernel/dates.ts'
import { accessCookie, deviceCookie, refreshCookie } from '../platform/caller.ts'

const flags = 'Secure; HttpOnly; SameSite=Lax'

const set = (name: string, value: string, path: string, maxAge: number | undefined) =>
  `${name}=${value}; Path=${path}; ${flags}${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`

/** The refresh cookie is sent with renewal and sign-out only. */
const refreshPath = '/api/session'

/**
 * The two cookies of a session. With `maxAge`, in seconds, they persist when the browser closes: on a personal device
 * only. The access cookie outlives its token, which boards are read with after it has expired for the API (docs/decisions/0021).
 */
export const sessionCookies = (token: string, refresh: string, maxAge: number | undefined): string[] => [
  set(accessCookie, token, '/', maxAge),
  set(refreshCookie, refresh, refreshPath, maxAge),
]

/** Removes the session's cookies from the browser. */
export const clearedCookies = (): string[] => [set(accessCookie, '', '/', 0), set(refreshCookie, '', refreshPath, 0)]

/** The device cookie: for 400 days, the most that browsers allow; on a shared device until the browser closes. */
export const deviceCookieOf = (value: string, personalDevice: boolean): string =>
  set(deviceCookie, value, '/api', personalDevice ? 400 * day : undefined)
