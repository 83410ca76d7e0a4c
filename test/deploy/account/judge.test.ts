import { describe, expect, it } from 'vitest'
import {
  clock,
  collapsing,
  encodings,
  guarded,
  headers,
  originRequests,
  revalidation,
  utilisation,
  withdrawal,
} from './judge.ts'
import type { Reply } from './reply.ts'

const start = Date.parse('2026-11-26T08:00:00Z')

/** A reply that took 20 ms and came `seconds` after the start, as CloudFront words it. */
const reply = (seconds: number, more: Partial<Reply> = {}): Reply => ({
  sentAt: start + seconds * 1_000 - 20,
  at: start + seconds * 1_000,
  status: 200,
  cache: 'Hit',
  location: 'CDG52-P1',
  ...more,
})

const verdicts = (findings: readonly { met: boolean | undefined }[]) => findings.map(({ met }) => met)

describe('revalidation()', () => {
  const windows = { ttl: 3, staleWhileRevalidate: 3 }
  const versions = { first: 1, next: 2, late: 3 }
  const good = {
    first: reply(0, { cache: 'Miss', version: 1 }),
    stale: reply(4.5, { age: 4, version: 1 }),
    next: reply(5.5, { age: 1, version: 2 }),
    late: reply(14, { cache: 'Miss', version: 3 }),
    versions,
  }

  it('is met by an old copy within the window, the new one after it, and none that is older', () => {
    expect(verdicts(revalidation(good, windows))).toEqual([true, true, true, true])
  })

  it('is not met if the reader waited for the new state', () => {
    const waited = { ...good, stale: reply(4.5, { cache: 'Miss', version: 2 }) }
    expect(verdicts(revalidation(waited, windows))).toEqual([false, true, true, true])
  })

  it('is not met if the old copy came late', () => {
    const slow = { ...good, stale: { ...good.stale, sentAt: good.stale.at - 900 } }
    expect(verdicts(revalidation(slow, windows))).toEqual([true, false, true, true])
  })

  it('is not met if the copy is older than both windows together', () => {
    const old = { ...good, stale: reply(4.5, { age: 8, version: 1 }) }
    expect(verdicts(revalidation(old, windows))).toEqual([false, true, true, true])
  })

  it('is not met if nothing was asked of the origin behind the old copy', () => {
    const kept = { ...good, next: reply(5.5, { age: 5, version: 1 }) }
    expect(verdicts(revalidation(kept, windows))).toEqual([true, true, false, true])
  })

  it('is not met if the old copy is sent after the window', () => {
    const stale = { ...good, late: reply(14, { age: 9, version: 2 }) }
    expect(verdicts(revalidation(stale, windows))).toEqual([true, true, true, false])
  })
})

describe('withdrawal()', () => {
  const kept = [10, 30, 50].map(at => reply(at, { age: at, version: 1 }))

  it('is met by 404 within the time', () => {
    expect(withdrawal([...kept, reply(57, { status: 404, cache: 'Error' })], start, 60)).toMatchObject({
      met: true,
      observed: '404 after 57 s',
    })
  })

  it('is not met by 403, which may leave the copy', () => {
    expect(withdrawal([...kept, reply(57, { status: 403, cache: 'Error' })], start, 60).met).toBe(false)
  })

  it('is not met by a refusal that comes later', () => {
    expect(withdrawal([...kept, reply(61, { status: 404 })], start, 60).met).toBe(false)
  })

  it('is not met by a file that is there to the end', () => {
    expect(withdrawal(kept, start, 60)).toMatchObject({ met: false, observed: 'still 200 after 50 s' })
  })

  it('is not met by a file that comes back', () => {
    const back = [...kept, reply(57, { status: 404 }), reply(59, { age: 59, version: 1 })]
    expect(withdrawal(back, start, 60)).toMatchObject({
      met: false,
      observed: '404 after 57 s, and 200 again after 59 s',
    })
  })

  it('is not met by a bucket that fails', () => {
    expect(withdrawal([reply(57, { status: 503 })], start, 60).met).toBe(false)
  })
})

describe('collapsing()', () => {
  const crowd = (misses: number) =>
    Array.from({ length: 50 }, (_, at) => reply(0, { cache: at < misses ? 'Miss' : 'Hit' }))

  it('is met if few requests are passed on', () => {
    expect(collapsing(crowd(1), 5)).toMatchObject({ met: true, observed: '1 x 200 Miss, 49 x 200 Hit by CDG52-P1' })
    expect(collapsing(crowd(5), 5).met).toBe(true)
  })

  it('is not met if many are', () => {
    expect(collapsing(crowd(6), 5).met).toBe(false)
    expect(collapsing(crowd(50), 5).met).toBe(false)
  })

  it('is not met if a request was refused', () => {
    expect(collapsing([...crowd(1), reply(0, { status: 503, cache: 'Hit' })], 5).met).toBe(false)
  })

  it('takes a reply without x-cache for one that was passed on', () => {
    const unknown = Array.from({ length: 6 }, () => reply(0, { cache: undefined }))
    expect(collapsing(unknown, 5).met).toBe(false)
  })
})

describe('originRequests()', () => {
  it('says that it could not count, which is no failure', () => {
    expect(originRequests(undefined, 'no request metrics', 5)).toMatchObject({
      met: undefined,
      observed: 'not counted: no request metrics',
    })
  })

  it('judges what the bucket counted', () => {
    expect(originRequests(5, '', 5).met).toBe(true)
    expect(originRequests(6, '', 5).met).toBe(false)
  })
})

describe('clock()', () => {
  /** A copy of a file that the origin sent at the start. */
  const copies = [0, 4, 9].map(at => reply(at, { date: start, age: at }))

  it('is met if Date and Age sum up to the time', () => {
    expect(clock(copies, 0)).toMatchObject({ met: true })
  })

  it("judges by the edge's clock, not by this machine's", () => {
    expect(clock(copies, 60_000).met).toBe(false)
    const behind = copies.map(one => ({ ...one, at: one.at - 60_000 }))
    expect(clock(behind, 60_000).met).toBe(true)
  })

  it('is not met if Date is renewed and Age is counted on', () => {
    expect(clock([reply(9, { date: start + 9_000, age: 9 })], 0).met).toBe(false)
  })

  it('is not met if nothing had an age, or no Date', () => {
    expect(clock([reply(0, { date: start })], 0).met).toBe(false)
    expect(clock([...copies, reply(9, { age: 9 })], 0).met).toBe(false)
  })
})

describe('encodings()', () => {
  const replies = [
    { accept: 'gzip, br', expected: 'br', reply: reply(0, { encoding: 'br', etag: 'W/"a1"' }) },
    { accept: 'gzip', expected: 'gzip', reply: reply(0, { encoding: 'gzip', etag: 'W/"a1"' }) },
  ] as const
  const [brotli, gzip] = replies

  it('is met by the encodings expected, with one ETag but for its weakness', () => {
    const strong = { ...gzip, reply: reply(0, { encoding: 'gzip', etag: '"a1"' }) }
    expect(verdicts(encodings(replies))).toEqual([true, true, true])
    expect(verdicts(encodings([brotli, strong]))).toEqual([true, true, true])
  })

  it('is not met by another encoding, or none', () => {
    const plain = { ...brotli, reply: reply(0, { etag: 'W/"a1"' }) }
    expect(verdicts(encodings([plain, gzip]))).toEqual([false, true, true])
  })

  it('is not met by ETags that differ, or lack', () => {
    const other = { ...gzip, reply: reply(0, { encoding: 'gzip', etag: 'W/"b2"' }) }
    const none = { ...gzip, reply: reply(0, { encoding: 'gzip' }) }
    expect(verdicts(encodings([brotli, other]))).toEqual([true, true, false])
    expect(verdicts(encodings([brotli, none]))).toEqual([true, true, false])
  })
})

describe('headers()', () => {
  it('is met by a copy that the viewer may not keep', () => {
    expect(headers(reply(1, { cacheControl: 'private, no-store' })).met).toBe(true)
    expect(headers(reply(1, { cacheControl: 'max-age=55' })).met).toBe(false)
    expect(headers(reply(1)).met).toBe(false)
  })

  it('is not met if the header kept the edge from keeping a copy', () => {
    expect(headers(reply(1, { cache: 'Miss', cacheControl: 'private, no-store' })).met).toBe(false)
  })
})

describe('guarded()', () => {
  it('wants 401 of the edge and 403 of the bucket', () => {
    expect(verdicts(guarded({ signedOut: 401, unsigned: 403 }))).toEqual([true, true])
    expect(verdicts(guarded({ signedOut: 200, unsigned: 200 }))).toEqual([false, false])
  })

  it('asks no other S3 than that of AWS', () => {
    expect(verdicts(guarded({ signedOut: 401, unsigned: undefined }))).toEqual([true, undefined])
  })
})

describe('utilisation()', () => {
  it('judges by the highest average', () => {
    expect(utilisation([12, 49.6, 20])).toMatchObject({ met: true, observed: 'at most 50 % in 3 periods of a minute' })
    expect(utilisation([12, 51]).met).toBe(false)
  })

  it('is not measured without values', () => {
    expect(utilisation([]).met).toBeUndefined()
  })
})
