import { describe, expect, it } from 'vitest'
import { newsContract } from '../../../shared/news/contract.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { addressOf } from '../../../web/platform/request.ts'
import { waitBeforeRetry } from '../../../web/platform/retry.ts'
import { actKeys } from '../../../web/platform/write.ts'

const { me } = sessionContract.routes
const feed = newsContract.routes.list

describe('addressOf()', () => {
  it('fills in what the path asks for, and nothing that could be another path', () => {
    expect(addressOf(feed, { params: { audience: '../x?y#z' } })).toBe('/api/audiences/..%2Fx%3Fy%23z/news')
    expect(() => addressOf(feed, {})).toThrow('GET /api/audiences/{audience}/news lacks its parameter audience')
  })

  it('gives equal reads one address, in whatever order they are asked', () => {
    const query = { b: 'deux mots', a: 1, none: undefined }
    expect(addressOf(me, { query })).toBe('/api/me?a=1&b=deux+mots')
    expect(addressOf(me, { query: { a: 1, b: 'deux mots' } })).toBe(addressOf(me, { query }))
    expect(addressOf(me, { query: { none: undefined } })).toBe('/api/me')
  })
})

describe('actKeys()', () => {
  it('keeps its key for the same act until it is answered, and takes another then', () => {
    const { keyOf, answered } = actKeys()
    const key = keyOf('sign')
    expect(key).toMatch(/^.{16,64}$/)
    expect(keyOf('sign')).toBe(key)
    answered()
    expect(keyOf('sign')).not.toBe(key)
  })

  it('takes another key for what says something else', () => {
    const { keyOf } = actKeys()
    expect(keyOf('one')).not.toBe(keyOf('other'))
  })
})

describe('waitBeforeRetry()', () => {
  it('waits at random below a bound that doubles, four times at most', () => {
    const busy = { type: 'unavailable' as const }
    const [least, most] = [() => 0, () => 0.999]
    expect([1, 2, 3, 4].map(sent => waitBeforeRetry(busy, sent, least))).toEqual([0, 0, 0, undefined])
    expect([1, 2, 3].map(sent => Math.round(waitBeforeRetry(busy, sent, most) ?? 0))).toEqual([500, 999, 1998])
  })

  it('never comes back before Retry-After, nor stays away for longer than ten seconds', () => {
    const wait = (retryAfter: number) => waitBeforeRetry({ type: 'unavailable', retryAfter }, 1, () => 0.999)
    expect(wait(2)).toBeGreaterThanOrEqual(2000)
    expect([wait(10), wait(11)]).toEqual([10_000, undefined])
  })
})
