import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { base32, PersonId } from '../../shared/kernel/ids.ts'
import type { KeysItem } from '../platform/patterns.ts'

/** 32 bytes that only this territory can make: from its refresh secret, a purpose and what it is for. */
export const derived = (keys: KeysItem, purpose: string, ...of: readonly (string | number)[]): Buffer =>
  createHmac('sha256', keys.refresh)
    .update(JSON.stringify([purpose, ...of]))
    .digest()

/** The id of the session that a person begins with an Idempotency-Key: a repeat finds the one already begun. */
export const sessionIdOf = (keys: KeysItem, person: string, key: string): string =>
  base32(derived(keys, 'session', person, key), 20)

/** The refresh secret of a session's nth rotation: derived, so that a repeat gets the one already given. */
export const refreshSecret = (keys: KeysItem, session: string, rotation: number): string =>
  derived(keys, 'refresh', session, rotation).toString('base64url')

/** What is stored of a refresh secret. */
export const refreshHash = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** The refresh cookie's content. */
export type Refresh = {
  readonly person: string
  readonly session: string
  readonly rotation: number
  readonly secret: string
}

/** `person.session.rotation.secret` */
export const refreshText = ({ person, session, rotation, secret }: Refresh): string =>
  [person, session, rotation, secret].join('.')

/** The refresh cookie, read and its secret proved to be ours; or undefined. Whether it is still good, the table says. */
export const readRefresh = (text: string | undefined, keys: KeysItem): Refresh | undefined => {
  const found = /^([0-9a-z]{16})\.([0-9a-z]{20})\.(\d{1,7})\.([A-Za-z0-9_-]{43})$/.exec(text ?? '')
  if (!found) return undefined
  const [, person = '', session = '', count = '', secret = ''] = found
  const rotation = Number(count)
  if (!PersonId.safeParse(person).success) return undefined
  const expected = refreshSecret(keys, session, rotation)
  return timingSafeEqual(Buffer.from(secret), Buffer.from(expected)) ? { person, session, rotation, secret } : undefined
}
