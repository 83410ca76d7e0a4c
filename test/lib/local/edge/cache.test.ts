import { describe, expect, it } from 'vitest'
import { cachePolicy, reply, startTestEdge, versions } from './fixture.ts'

describe('the cache', () => {
  it('answers from its copy while it is fresh, with x-cache and age', async () => {
    const { get, asked, wait } = await startTestEdge({ answer: versions('max-age=10') })
    const first = await get('/a')
    expect(first.headers).toMatchObject({ 'x-cache': 'Miss from cloudfront' })
    expect(first.headers.age).toBeUndefined()
    wait(9)
    const second = await get('/a')
    expect(second.text).toBe('version 1')
    expect(second.headers).toMatchObject({ 'x-cache': 'Hit from cloudfront', age: '9' })
    expect(second.headers.via).toMatch(/cloudfront\.net \(CloudFront\)$/)
    expect(second.headers['x-amz-cf-id']).not.toBe(first.headers['x-amz-cf-id'])
    wait(1)
    expect((await get('/a')).text).toBe('version 2')
    expect(asked).toHaveLength(2)
  })

  it('keeps the origin’s date, so that date and age of an answer tell what time it is', async () => {
    const clock = { now: Date.parse('2026-03-16T08:00:00Z') }
    const dated = async ({ url }: { url: string }) =>
      reply('x', {
        etag: '"one"',
        'cache-control': url === '/never' ? 'no-store' : 'max-age=10, stale-if-error=99',
        date: new Date(clock.now).toUTCString(),
      })
    const undated = async () => reply('x', { 'cache-control': 'max-age=10' })
    for (const answer of [dated, undated]) {
      const { get, wait } = await startTestEdge({ answer, clock })
      const ask = async (path: string, method = 'GET') => {
        const { headers } = await get(path, { method })
        return Date.parse(headers.date ?? '') + Number(headers.age ?? 0) * 1000
      }
      for (const seconds of [0, 4, 5, 3, 40]) {
        wait(seconds)
        for (const path of ['/a', '/never']) expect(await ask(path), `${path} ${seconds}`).toBe(clock.now)
        expect(await ask('/a', 'HEAD')).toBe(clock.now)
      }
    }
  })

  it('takes the date of a 304 for the copy it confirms, compressed or not', async () => {
    const clock = { now: Date.parse('2026-03-16T08:00:00Z') }
    const { get, wait } = await startTestEdge({
      clock,
      behaviours: [{ Compress: true }],
      answer: ({ headers }) =>
        reply(
          headers['if-none-match'] ? '' : 'préau '.repeat(400),
          {
            etag: '"one"',
            'content-type': 'application/json',
            'cache-control': 'max-age=10',
            date: new Date(clock.now).toUTCString(),
          },
          headers['if-none-match'] ? 304 : 200,
        ),
    })
    for (const encoding of ['br', 'identity']) {
      const headers = { 'accept-encoding': encoding }
      await get('/a', { headers })
      wait(20)
      const renewed = await get('/a', { headers })
      expect(renewed.headers).toMatchObject({
        'x-cache': 'RefreshHit from cloudfront',
        date: new Date(clock.now).toUTCString(),
      })
    }
  })

  it.each<[string, [number, number, number], string, number]>([
    ['s-maxage before max-age', [0, 0, 100], 'max-age=0, s-maxage=7', 7],
    ['MaxTTL at most', [0, 0, 5], 'max-age=60', 5],
    ['MinTTL at least', [20, 20, 100], 'max-age=3', 20],
    ['DefaultTTL if the origin sends no Cache-Control', [0, 8, 100], '', 8],
    ['MinTTL even if the origin sends no-store', [4, 8, 100], 'no-store', 4],
    ['a directive in any case', [0, 0, 100], 'Max-Age=6', 6],
  ])('caches for %s', async (_, ttl, control, seconds) => {
    const { get, wait } = await startTestEdge({
      answer: versions(control),
      cachePolicies: { shared: cachePolicy(ttl) },
    })
    await get('/a')
    wait(seconds - 1)
    expect((await get('/a')).text).toBe('version 1')
    wait(1)
    expect((await get('/a')).text).toBe('version 2')
  })

  it('caches until the date in Expires', async () => {
    const { get, wait } = await startTestEdge({
      answer: () => reply('x', { date: 'Mon, 16 Mar 2026 08:00:00 GMT', expires: 'Mon, 16 Mar 2026 08:00:30 GMT' }),
    })
    await get('/a')
    wait(29)
    expect((await get('/a')).headers['x-cache']).toBe('Hit from cloudfront')
    wait(1)
    expect((await get('/a')).headers['x-cache']).toBe('Miss from cloudfront')
  })

  it.each(['no-store', 'private', 'private, max-age=60', 'no-cache', 'max-age=0'])(
    'does not cache %s',
    async control => {
      const { get } = await startTestEdge({ answer: versions(control) })
      await get('/a')
      expect((await get('/a')).text).toBe('version 2')
    },
  )

  it('does not cache a reply that sets a cookie', async () => {
    const { get } = await startTestEdge({ answer: versions('max-age=60', { 'set-cookie': 'who=1' }) })
    expect((await get('/a')).headers['set-cookie']).toEqual(['who=1'])
    expect((await get('/a')).text).toBe('version 2')
  })

  it("ignores the viewer's Cache-Control", async () => {
    const { get, asked } = await startTestEdge({ answer: versions('max-age=60') })
    await get('/a')
    await get('/a', { headers: { 'cache-control': 'no-cache', pragma: 'no-cache' } })
    expect(asked).toHaveLength(1)
  })

  it('revalidates an expired copy, and keeps it after a 304', async () => {
    const { get, asked, wait, edge } = await startTestEdge({
      answer: ({ headers }) =>
        headers['if-none-match']?.[0] === '"one"'
          ? reply('', { etag: '"one"', 'cache-control': 'max-age=5', 'x-seen': 'again' }, 304)
          : reply('body', { etag: '"one"', 'cache-control': 'max-age=5', 'content-type': 'text/plain' }),
    })
    await get('/a')
    wait(6)
    const renewed = await get('/a')
    expect(renewed).toMatchObject({ status: 200, text: 'body' })
    expect(renewed.headers).toMatchObject({
      'x-cache': 'RefreshHit from cloudfront',
      'x-seen': 'again',
      'content-type': 'text/plain',
    })
    wait(4)
    expect((await get('/a')).headers['x-cache']).toBe('Hit from cloudfront')
    expect(asked).toHaveLength(2)
    expect(edge.counts()['*']).toMatchObject({ requests: 3, hits: 1, misses: 1, refreshHits: 1, origin: 2, bytes: 12 })
  })

  it('fetches again if the 304 is about another version than its copy', async () => {
    const { get, wait } = await startTestEdge({
      answer: ({ headers }) =>
        headers['if-none-match']
          ? reply('', { etag: '"two"' }, 304)
          : reply('body', { etag: '"one"', 'cache-control': 'max-age=5' }),
    })
    await get('/a')
    wait(6)
    const again = await get('/a')
    expect(again).toMatchObject({ status: 200, text: 'body' })
    expect(again.headers['x-cache']).toBe('Miss from cloudfront')
  })

  it('answers 304 to a viewer who has the version', async () => {
    const { get, asked } = await startTestEdge({
      answer: () => reply('body', { etag: '"one"', 'cache-control': 'max-age=5', 'content-type': 'text/plain' }),
    })
    for (const etag of ['"one"', 'W/"one"', '"zero", "one"', '*']) {
      const known = await get('/a', { headers: { 'if-none-match': etag } })
      expect(known).toMatchObject({ status: 304, text: '' })
      expect(known.headers.etag).toBe('"one"')
      expect(known.headers['content-type']).toBeUndefined()
    }
    expect((await get('/a', { headers: { 'if-none-match': '"zero"' } })).status).toBe(200)
    // A viewer's If-None-Match is not sent to the origin: the copy is for all viewers.
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers['if-none-match']).toBeUndefined()
  })

  it('compares Last-Modified if there is no ETag', async () => {
    const at = 'Mon, 16 Mar 2026 07:00:00 GMT'
    const { get } = await startTestEdge({
      answer: () => reply('x', { 'last-modified': at, 'cache-control': 'max-age=5' }),
    })
    expect((await get('/a', { headers: { 'if-modified-since': at } })).status).toBe(304)
    const before = 'Mon, 16 Mar 2026 06:00:00 GMT'
    expect((await get('/a', { headers: { 'if-modified-since': before } })).status).toBe(200)
  })

  it('answers HEAD from the copy that a GET left', async () => {
    const { get, asked } = await startTestEdge({ answer: versions('max-age=60') })
    const miss = await get('/a', { method: 'HEAD' })
    expect(miss).toMatchObject({ status: 200, text: '' })
    await get('/a')
    const hit = await get('/a', { method: 'HEAD' })
    expect(hit.headers).toMatchObject({ 'x-cache': 'Hit from cloudfront', 'content-length': '9' })
    expect(hit.text).toBe('')
    expect(asked.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
  })

  it('forwards a range request and does not cache the part', async () => {
    const { get, asked } = await startTestEdge({
      answer: ({ headers }) =>
        headers.range
          ? reply('he', { 'content-range': 'bytes 0-1/5', 'cache-control': 'max-age=9' }, 206)
          : reply('hello'),
    })
    const part = await get('/a', { headers: { range: 'bytes=0-1' } })
    expect(part).toMatchObject({ status: 206, text: 'he' })
    expect((await get('/a')).text).toBe('hello')
    expect(asked).toHaveLength(2)
  })

  it('caches errors for ErrorCachingMinTTL', async () => {
    const errors = [404, 500].map(ErrorCode => ({ ErrorCode, ErrorCachingMinTTL: ErrorCode === 500 ? 1 : 0 }))
    const { get, asked, wait } = await startTestEdge({
      distribution: { CustomErrorResponses: errors },
      answer: ({ url }) => reply('', {}, url === '/500' ? 500 : 404),
    })
    for (const path of ['/404', '/404', '/500', '/500']) await get(path)
    expect(asked).toHaveLength(3)
    wait(1)
    await get('/500')
    expect(asked).toHaveLength(4)
  })

  it('evicts the least recently used copy when it is full', async () => {
    const { get, asked } = await startTestEdge({
      capacity: 30_000,
      answer: () => reply('x'.repeat(10_000), { 'cache-control': 'max-age=60' }),
    })
    for (const path of ['/a', '/b', '/a', '/c', '/a', '/b']) await get(path)
    expect(asked.map(({ url }) => url)).toEqual(['/a', '/b', '/c', '/b'])
  })
})
