import { describe, expect, it } from 'vitest'
import { backgroundWork, reply, startTestEdge, versions } from './fixture.ts'

describe('the cache, with an expired copy', () => {
  it('serves it at once and revalidates it in the background, once', async () => {
    const next = versions('max-age=0, s-maxage=3, stale-while-revalidate=2')
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
    const { get, wait } = await startTestEdge({ answer: versions('s-maxage=3, stale-while-revalidate=2') })
    await get('/a')
    wait(5)
    expect((await get('/a')).text).toBe('version 2')
  })

  it('serves it for stale-if-error if the origin fails, and no longer', async () => {
    let fails: 'not' | 'answer' | 'reach' = 'not'
    const { get, wait, edge, seen } = await startTestEdge({
      answer: () => {
        if (fails === 'reach') throw new Error('refused')
        if (fails === 'answer') return reply('', {}, 503)
        return reply('news', { 'cache-control': 's-maxage=3, stale-while-revalidate=2, stale-if-error=86400' })
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

  it('does not serve it when the origin fails if the copy has must-revalidate', async () => {
    let fails = false
    const { get, wait } = await startTestEdge({
      answer: () => (fails ? reply('', {}, 500) : reply('x', { 'cache-control': 'max-age=3, must-revalidate' })),
    })
    await get('/a')
    wait(4)
    fails = true
    expect((await get('/a')).status).toBe(500)
  })

  it.each<[number, string, number]>([
    [500, 'no-store', 10],
    [503, '', 10],
    [404, '', 10],
    [404, 'max-age=30', 30],
    [404, 'no-store', 0],
    [403, '', 0],
    [403, 'max-age=30', 30],
    [401, 'max-age=30', 0],
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
