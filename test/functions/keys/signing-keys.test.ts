import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newKeys, nextKeys, verifyingLifetime } from '../../../functions/keys/signing-keys.ts'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import { readLifetime } from '../../../functions/platform/token.ts'
import { hour, minute } from '../../../shared/kernel/dates.ts'
import { assertProperty } from '../../support/property.ts'

const start = Date.parse('2026-03-01T02:17:00.000Z')
const at = (seconds: number) => new Date(start + seconds * 1000)

/** Keys as an earlier release left them: two, the second either the next one or the last one. */
const former = (second: 'next' | 'last'): KeysItem => {
  const key = (kid: string, since: number) => ({ kid, secret: `secret of ${kid}`, since: at(since).toISOString() })
  const [older, younger] = [key('kold', -48 * hour), key('kyoung', -24 * hour)]
  return { signing: second === 'next' ? [older, younger] : [younger, older], refresh: '-', edge: '-' }
}

describe('nextKeys()', () => {
  const history = fc.record({
    begin: fc.constantFrom('new' as const, 'next' as const, 'last' as const),
    /** Seconds between two events of the schedule, mostly a day. */
    pauses: fc.array(fc.oneof(fc.constant(24 * hour), fc.integer({ min: 0, max: 100 * hour })), { maxLength: 20 }),
  })
  const keysOf = (begin: 'new' | 'next' | 'last') => (begin === 'new' ? newKeys(at(0)) : former(begin))

  it('keeps a key an hour longer than the last token it signed is read', async () => {
    await assertProperty(
      fc.property(history, ({ begin, pauses }) => {
        let keys = keysOf(begin)
        let now = 0
        /** When each key last may have signed: with keys that a function cached for 5 minutes. */
        const lastSigned = new Map<string, number>()
        for (const pause of pauses) {
          now += pause
          lastSigned.set(keys.signing[0]?.kid ?? '', now + 5 * minute)
          keys = nextKeys(keys, at(now)) ?? keys
          const held = new Set(keys.signing.map(one => one.kid))
          for (const [kid, signed] of lastSigned)
            if (now < signed + readLifetime + hour) expect(held.has(kid), kid).toBe(true)
        }
      }),
      { short: 200, long: 5_000 },
    )
  })

  it('lets a key sign only an hour after it was made, so that everybody knows it', async () => {
    await assertProperty(
      fc.property(history, ({ begin, pauses }) => {
        let keys = keysOf(begin)
        let now = 0
        const known = new Map(keys.signing.map(one => [one.kid, (Date.parse(one.since) - start) / 1000]))
        for (const pause of pauses) {
          now += pause
          const next = nextKeys(keys, at(now))
          if (!next) continue
          const signs = next.signing[0]?.kid ?? ''
          if (signs !== keys.signing[0]?.kid) expect(now - (known.get(signs) ?? now)).toBeGreaterThanOrEqual(hour)
          for (const { kid } of next.signing) if (!known.has(kid)) known.set(kid, now)
          keys = next
        }
      }),
      { short: 200, long: 5_000 },
    )
  })

  it('always has one next key, and none that verifies longer than needed', async () => {
    await assertProperty(
      fc.property(history, ({ begin, pauses }) => {
        let keys = keysOf(begin)
        let now = 0
        for (const pause of pauses) {
          now += pause
          const next = nextKeys(keys, at(now))
          if (!next) continue
          keys = next
          const [, ...others] = keys.signing
          expect(others.filter(one => !one.until)).toHaveLength(1)
          expect(new Set(keys.signing.map(one => one.kid)).size).toBe(keys.signing.length)
          for (const { until } of others)
            if (until) expect(Date.parse(until) + verifyingLifetime * 1000).toBeGreaterThan(at(now).getTime())
        }
      }),
      { short: 200, long: 5_000 },
    )
  })

  it('takes no step within an hour of the last one', () => {
    const keys = newKeys(at(0))
    expect(nextKeys(keys, at(hour - 1))).toBeUndefined()
    expect(nextKeys(keys, at(hour))).toBeDefined()
  })
})
