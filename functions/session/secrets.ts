import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { PersonId } from '../../shared/kernel/ids.ts'
import { acceptedSecrets } from '../platform/caller.ts'
import type { KeysItem } from '../platform/patterns.ts'

const derivedBy = (secret: string, purpose: string, ...of: readonly (string | number)[]): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify([purpose, ...of]))
    .digest()

/** 32 bytes derived by HMAC-SHA-256 with the territory's refresh secret from a purpose and further values. */
export const derived = (keys: KeysItem, purpose: string, ...of: readonly (string | number)[]): Buffer =>
  derivedBy(keys.refresh, purpose, ...of)

const refreshBy = (secret: string, session: string, rotation: number) =>
  derivedBy(secret, 'refresh', session, rotation).toString('base64url')

/** The refresh secret of a session's nth rotation; derived, so that a repeat gets the same one. */
export const refreshSecret = (keys: KeysItem, session: string, rotation: number): string =>
  refreshBy(keys.refresh, session, rotation)

/**
 * The refresh secret of a stored session's present rotation: also of one that was made before the territory's secret was
 * renewed, for a repeat of what made it.
 */
export const storedRefreshSecret = (
  keys: KeysItem,
  { session, rotation, refreshHash: stored }: Stored,
  now: Date,
): string => {
  const candidates = acceptedSecrets(keys, 'refresh', now).map(secret => refreshBy(secret, session, rotation))
  return candidates.find(one => refreshHash(one) === stored) ?? refreshSecret(keys, session, rotation)
}
type Stored = { readonly session: string; readonly rotation: number; readonly refreshHash: string }

/** The stored hash of a refresh secret. */
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

/** Parses and verifies the refresh cookie, of the present secret or one renewed lately; undefined if it is not one of ours. The session item says if it is current. */
export const readRefresh = (text: string | undefined, keys: KeysItem, now: Date): Refresh | undefined => {
  const match = /^([0-9a-z]{16})\.([0-9a-z]{20})\.(\d{1,7})\.([A-Za-z0-9_-]{43})$/.exec(text ?? '')
  if (!match) return undefined
  const [, person = '', session = '', count = '', secret = ''] = match
  const rotation = Number(count)
  if (!PersonId.safeParse(person).success) return undefined
  const isOurs = acceptedSecrets(keys, 'refresh', now).some(one =>
    timingSafeEqual(Buffer.from(secret), Buffer.from(refreshBy(one, session, rotation))),
  )
  return isOurs ? { person, session, rotation, secret } : undefined
}
