import { randomBytes } from 'node:crypto'
import { hour } from '../../shared/kernel/dates.ts'
import { base32 } from '../../shared/kernel/ids.ts'
import type { KeysItem } from '../platform/patterns.ts'

type Keys = KeysItem
type SigningKey = KeysItem['signing'][number]

const secret = () => randomBytes(32).toString('base64url')

const signingKey = (now: Date): SigningKey => ({
  kid: `k${base32(randomBytes(5), 8)}`,
  secret: secret(),
  since: now.toISOString(),
})

/** The keys of a new territory: the signing key, the next one (already published to the edge), and two secrets. */
export const newKeys = (now: Date): Keys => ({
  signing: [signingKey(now), signingKey(new Date(now.getTime() + 1))],
  refresh: secret(),
  edge: secret(),
  steppedAt: now.toISOString(),
})

/**
 * Least seconds between two steps. A function caches the keys for 5 minutes and a token is valid for 15, so that after
 * an hour no token signed with the previous key is valid, and every function and the edge know the next key.
 */
const leastStepInterval = hour

/**
 * The keys after one step of the rotation; undefined if the last step is too recent, since a schedule may deliver an
 * event twice. There are always two keys. One step makes the next key the signing one, while the older still verifies;
 * the step after that replaces the older one by a new next key.
 */
export const nextKeys = <Stored extends Keys>(keys: Stored, now: Date): Stored | undefined => {
  const [first, second] = keys.signing
  if (!first) return undefined
  const steppedAt = Date.parse(keys.steppedAt ?? first.since)
  if (now.getTime() - steppedAt < leastStepInterval * 1000) return undefined
  const hasNext = second !== undefined && second.since > first.since
  return {
    ...keys,
    signing: hasNext ? [second, first] : [first, signingKey(now)],
    steppedAt: now.toISOString(),
  }
}
