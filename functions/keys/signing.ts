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

/** The keys of a new territory: one that signs, the next one already known to the edge, and two secrets. */
export const newKeys = (now: Date): Keys => ({
  signing: [signingKey(now), signingKey(new Date(now.getTime() + 1))],
  refresh: secret(),
  edge: secret(),
  steppedAt: now.toISOString(),
})

/**
 * At least this long between two steps, in seconds: a token lives 15 minutes and a function keeps the keys in memory
 * for 5, so by then nothing is signed any more with a key that no longer signs, and the edge knows the next one.
 */
const shortestStep = hour

/**
 * The keys after one step of the rotation, or undefined if the last step is too recent (a schedule delivers an event
 * twice at times). There are always two keys. One step promotes the waiting one, while the older still verifies; the
 * step after replaces the older by a new one, which waits.
 */
export const nextKeys = <Held extends Keys>(keys: Held, now: Date): Held | undefined => {
  const [first, second] = keys.signing
  if (!first) return undefined
  const steppedAt = Date.parse(keys.steppedAt ?? first.since)
  if (now.getTime() - steppedAt < shortestStep * 1000) return undefined
  const isWaiting = second !== undefined && second.since > first.since
  return {
    ...keys,
    signing: isWaiting ? [second, first] : [first, signingKey(now)],
    steppedAt: now.toISOString(),
  }
}
