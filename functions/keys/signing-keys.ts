import { randomBytes } from 'node:crypto'
import { after, hour, minute } from '../../shared/kernel/dates.ts'
import { base32 } from '../../shared/kernel/ids.ts'
import type { KeysItem } from '../platform/patterns.ts'
import { readLifetime } from '../platform/token.ts'

type SigningKey = KeysItem['signing'][number]

/** A new secret: 256 bits. */
export const secret = (): string => randomBytes(32).toString('base64url')

const signingKey = (now: Date): SigningKey => ({
  kid: `k${base32(randomBytes(5), 8)}`,
  secret: secret(),
  since: now.toISOString(),
})

/** The keys of a new territory: the signing key, the next one (already published to the edge), and three secrets. */
export const newKeys = (now: Date): KeysItem => ({
  signing: [signingKey(now), signingKey(now)],
  refresh: secret(),
  edge: secret(),
  boards: secret(),
  steppedAt: now.toISOString(),
})

/** The keys with every secret that this release needs: those of an earlier one lack some. Undefined if none is lacking. */
export const completedKeys = (keys: KeysItem): KeysItem | undefined =>
  keys.boards === undefined ? { ...keys, boards: secret() } : undefined

/**
 * Least seconds between two steps. A function caches the keys for 5 minutes, so that after an hour every function and the
 * edge know the next key.
 */
const leastStepInterval = hour

/**
 * Seconds for which a key verifies after it ceased to sign: as long as a token is read with, the five minutes for which a
 * function may go on signing with cached keys, and an hour.
 */
export const verifyingLifetime = readLifetime + 5 * minute + hour

/** The keys other than the first, where an item of an earlier release does not say when they ceased to sign. */
const withUntil = ([first, ...others]: readonly SigningKey[], now: Date): SigningKey[] =>
  others.map(key => (key.until || (first && key.since >= first.since) ? key : { ...key, until: now.toISOString() }))

/**
 * The keys after one step of the rotation; undefined if the last step is too recent, since a schedule may deliver an
 * event twice. One step makes the next key the signing one and adds a new next one, which the edge and the functions know
 * before it signs. A key that ceased to sign is kept for {@link verifyingLifetime}.
 */
export const nextKeys = <Stored extends KeysItem>(keys: Stored, now: Date): Stored | undefined => {
  const [first] = keys.signing
  if (!first) return undefined
  const steppedAt = Date.parse(keys.steppedAt ?? first.since)
  if (now.getTime() - steppedAt < leastStepInterval * 1000) return undefined
  const others = withUntil(keys.signing, now)
  const next = others.find(key => !key.until)
  const kept = others.filter(({ until }) => until && after(new Date(until), verifyingLifetime) > now)
  // Without a next key (an item of an earlier release, in the middle of its two steps) this step only makes one.
  const verifying = next ? [{ ...first, until: now.toISOString() }, ...kept] : kept
  const former = keys.former?.filter(({ until }) => until > now.toISOString())
  const signing = [next ?? first, ...verifying, signingKey(now)]
  return { ...keys, signing, ...(former && { former }), steppedAt: now.toISOString() }
}
