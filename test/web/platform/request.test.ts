import { describe, expect, expectTypeOf, it } from 'vitest'
import { newsContract } from '../../../shared/news/contract.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { addressOf, type InputOf, type ReplyOf } from '../../../web/platform/request.ts'
import { waitBeforeRetry } from '../../../web/platform/retry.ts'
import type { uploadContract } from '../../support/upload.ts'

const { me } = sessionContract.routes
const feed = newsContract.routes.list

describe('addressOf()', () => {
  it('fills in the path’s parameters, encoded so that they cannot change the path', () => {
    expect(addressOf(feed, { params: { audience: '../x?y#z' } })).toBe('/api/audiences/..%2Fx%3Fy%23z/news')
    expect(() => addressOf(feed, {})).toThrow('GET /api/audiences/{audience}/news lacks its parameter audience')
  })

  it('gives equal reads the same address, whatever the order of their query', () => {
    const query = { b: 'deux mots', a: 1, none: undefined }
    expect(addressOf(me, { query })).toBe('/api/me?a=1&b=deux+mots')
    expect(addressOf(me, { query: { a: 1, b: 'deux mots' } })).toBe(addressOf(me, { query }))
    expect(addressOf(me, { query: { none: undefined } })).toBe('/api/me')
  })
})

describe('waitBeforeRetry()', () => {
  it('waits a random time below a bound that doubles, and gives up after four attempts', () => {
    const busy = { type: 'unavailable' as const }
    const [least, most] = [() => 0, () => 0.999]
    expect([1, 2, 3, 4].map(sent => waitBeforeRetry(busy, sent, least))).toEqual([0, 0, 0, undefined])
    expect([1, 2, 3].map(sent => Math.round(waitBeforeRetry(busy, sent, most) ?? 0))).toEqual([500, 999, 1998])
  })

  it('never retries before Retry-After, and gives up if that is longer than ten seconds', () => {
    const wait = (retryAfter: number) => waitBeforeRetry({ type: 'unavailable', retryAfter }, 1, () => 0.999)
    expect(wait(2)).toBeGreaterThanOrEqual(2000)
    expect([wait(10), wait(11)]).toEqual([10_000, undefined])
  })
})

/* What must not compile is proved by `npm run check`. */
it('an upload is asked with the announced file and replied to with its grant', () => {
  type Send = typeof uploadContract.routes.send
  expectTypeOf<InputOf<Send>['body']>().toEqualTypeOf<{
    title: string
    file: { length: number; type: string; sha256: string; parts?: string[] | undefined }
  }>()
  expectTypeOf<ReplyOf<Send>>().toEqualTypeOf<{
    id: string
    upload: {
      puts: { url: string; headers: Partial<Record<'content-type' | 'x-amz-checksum-sha256', string>> }[]
      expiresAt: string
    }
  }>()
})
