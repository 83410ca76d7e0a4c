import { describe, expect, it } from 'vitest'
import { backgroundWork, cachePolicy, reply, startTestEdge, versions } from './fixture.ts'

describe('the cache, with an expired copy', () => {
  it('serves it at once and revalidates it in the background, once', async () => {
    const next = versions('max-age=3, stale-while-revalidate=2')
    let open = () => {}
    let first = true
    const { get, asked, wait, edge } = await startTestEdge({
      answer: async () => {
        if (!first)
          await new Promise<void>(resolve => {
            open = resolve
          })
        first = false
        return next()
      },
    })
    await get('/a')
    wait(4)
    for (let viewer = 0; viewer < 5; viewer++) {
      const stale = await get('/a')
      expect(stale.text).toBe('version 1')
      expect(stale.headers).toMatchObject({ 'x-cache': 'Hit from cloudfront', age: '4' })
    }
    expect(asked).toHaveLength(2)
    open()
    await backgroundWork()
    expect((await get('/a')).text).toBe('version 2')
    expect(edge.counts()['*']).toMatchObject({ stale: 5, hits: 6, origin: 2 })
  })

  it('waits for the origin after stale-while-revalidate', async () => {
    const { get, wait } = await startTestEdge({ answer: versions('max-age=3, stale-while-revalidate=2') })
    await get('/a')
    wait(5)
    expect((await get('/a')).text).toBe('version 2')
  })

  it('serves it for stale-if-error if the origin fails, and no longer', async () => {
    let fails: 'not' | 'answer' | 'reach' = 'not'
    const { get, wait, edge, seen } = await startTestEdge({
      cachePolicies: { shared: cachePolicy([0, 0, 90_000]) },
      answer: () => {
        if (fails === 'reach') throw new Error('refused')
        if (fails === 'answer') return reply('', {}, 503)
        return reply('news', { 'cache-control': 'max-age=3, stale-while-revalidate=2, stale-if-error=86400' })
      },
    })
    await get('/a')
    wait(3600)
    fails = 'answer'
    const stale = await get('/a')
    expect(stale).toMatchObject({ status: 200, text: 'news' })
    expect(stale.headers).toMatchObject({ 'x-cache': 'Hit from cloudfront', age: '3600' })
    fails = 'reach'
    expect((await get('/a')).text).toBe('news')
    expect(seen.at(-1)?.cause).toContain('refused')
    wait(86_400)
    expect(await get('/a')).toMatchObject({ status: 502 })
    expect(edge.counts()['*']).toMatchObject({ stale: 2, errors: 1 })
  })

  it.each([400, 401, 403, 404, 405, 410, 429])('loses it to a %i of the origin, for good', async status => {
    let next: number | undefined
    const { get, wait } = await startTestEdge({
      distribution: {
        CustomErrorResponses: [400, 403, 404, 405].map(ErrorCode => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
      },
      answer: () =>
        next === undefined
          ? reply('news', { 'cache-control': 'max-age=3, stale-while-revalidate=3, stale-if-error=86400' })
          : reply('', {}, next),
    })
    await get('/a')
    wait(10)
    next = status
    expect((await get('/a')).status).toBe(status)
    wait(60)
    next = 503
    expect((await get('/a')).status).toBe(503)
  })

  it('loses it to a 429 that a revalidation in the background got', async () => {
    let throttled = false
    const { get, wait } = await startTestEdge({
      answer: () =>
        throttled
          ? reply('', {}, 429)
          : reply('news', { 'cache-control': 'max-age=3, stale-while-revalidate=3, stale-if-error=86400' }),
    })
    await get('/a')
    wait(4)
    throttled = true
    expect((await get('/a')).status).toBe(200)
    await backgroundWork()
    expect((await get('/a')).status).toBe(429)
  })

  const windows = 'stale-while-revalidate=20, stale-if-error=100'

  it.each<[string, string, number, { revalidated: number; failing: number }]>([
    ['as long as the origin says', `max-age=3, ${windows}`, 1_000, { revalidated: 23, failing: 103 }],
    ['to the maximum TTL at most', `max-age=3, ${windows}`, 10, { revalidated: 10, failing: 10 }],
    ['within both windows', `max-age=3, ${windows}`, 50, { revalidated: 23, failing: 50 }],
    ['to the maximum TTL without stale-if-error', 'max-age=3', 50, { revalidated: 3, failing: 50 }],
    ['not at all when the TTL is the maximum', `max-age=60, ${windows}`, 10, { revalidated: 10, failing: 10 }],
    ['not on errors under stale-if-error=0', 'max-age=3, stale-if-error=0', 50, { revalidated: 3, failing: 3 }],
    ['not with must-revalidate', `max-age=3, must-revalidate, ${windows}`, 50, { revalidated: 3, failing: 3 }],
    ['not with s-maxage', `s-maxage=3, ${windows}`, 50, { revalidated: 3, failing: 3 }],
  ])('serves it %s', async (_, control, longest, { revalidated, failing }) => {
    let fails = false
    const open = async () => {
      fails = false
      const edge = await startTestEdge({
        cachePolicies: { shared: cachePolicy([0, 0, longest]) },
        answer: () => (fails ? reply('', {}, 503) : reply('x', { 'cache-control': control })),
      })
      await edge.get('/a')
      return edge
    }
    const atOnce = async (seconds: number) => {
      const { get, wait } = await open()
      wait(seconds)
      return (await get('/a')).headers['x-cache'] === 'Hit from cloudfront'
    }
    const onError = async (seconds: number) => {
      const { get, wait } = await open()
      wait(seconds)
      fails = true
      return (await get('/a')).status === 200
    }
    expect([await atOnce(revalidated - 1), await atOnce(revalidated)]).toEqual([true, false])
    expect([await onError(failing - 1), await onError(failing)]).toEqual([true, false])
  })

  it.each<[number, string, number]>([
    [500, 'no-store', 10],
    [503, '', 10],
    [404, '', 10],
    [404, 'max-age=30', 30],
    [404, 'no-store', 0],
    [403, '', 0],
    [403, 'max-age=30', 30],
    [405, '', 0],
    [405, 'max-age=30', 30],
    [405, 's-maxage=30', 30],
    [405, 'no-store', 0],
    [400, 'max-age=30', 30],
    [412, 'max-age=30', 30],
    [415, 's-maxage=30', 30],
    [401, 'max-age=30', 0],
    [410, 'max-age=30', 0],
    [429, 'max-age=30', 0],
  ])('caches a %i with "%s" for %i s', async (status, control, seconds) => {
    const { get, asked, wait } = await startTestEdge({ answer: () => reply('', { 'cache-control': control }, status) })
    const first = await get('/a')
    expect(first).toMatchObject({ status })
    expect(first.headers['x-cache']).toBe('Error from cloudfront')
    wait(seconds - 1)
    await get('/a')
    expect(asked).toHaveLength(seconds > 0 ? 1 : 2)
    wait(1)
    await get('/a')
    expect(asked).toHaveLength(seconds > 0 ? 2 : 3)
  })
})
