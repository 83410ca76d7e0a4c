import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertProperty } from '../../../support/property.ts'
import { backgroundWork, cachePolicy, client, reply, startTestEdge } from './fixture.ts'

/** Holds an origin's replies back until `release` is called. */
const heldReplies = () => {
  const waiting: (() => void)[] = []
  let most = 0
  return {
    hold: () =>
      new Promise<void>(resolve => {
        waiting.push(resolve)
        most = Math.max(most, waiting.length)
      }),
    release: () => {
      for (const resolve of waiting.splice(0)) resolve()
    },
    most: () => most,
  }
}

const all = { CookiesConfig: { CookieBehavior: 'all' }, QueryStringsConfig: { QueryStringBehavior: 'none' } }
const forwarding = {
  OriginRequestPolicyConfig: { Name: 'cookies', ...all, HeadersConfig: { HeaderBehavior: 'none' } },
}

describe('identical requests in progress', () => {
  it('are collapsed into one request to the origin', async () => {
    const { hold, release } = heldReplies()
    const { get, asked, edge, received } = await startTestEdge({
      answer: async () => {
        await hold()
        return reply('news', { 'cache-control': 'max-age=3' })
      },
    })
    const viewers = Array.from({ length: 20 }, () => get('/a'))
    await received(20)
    release()
    const answers = await Promise.all(viewers)
    expect(answers.map(({ text }) => text)).toEqual(Array(20).fill('news'))
    expect(answers.filter(({ headers }) => headers['x-cache'] === 'Miss from cloudfront')).toHaveLength(1)
    expect(asked).toHaveLength(1)
    expect(edge.counts()['*']).toMatchObject({ requests: 20, collapsed: 19, misses: 1, origin: 1 })
  })

  it('share an error of the origin', async () => {
    const { hold, release } = heldReplies()
    const { get, asked, received } = await startTestEdge({
      answer: async () => {
        await hold()
        return reply('', {}, 500)
      },
    })
    const viewers = Array.from({ length: 5 }, () => get('/a'))
    await received(5)
    release()
    expect((await Promise.all(viewers)).map(({ status }) => status)).toEqual(Array(5).fill(500))
    expect(asked).toHaveLength(1)
  })

  it.each<[string, Parameters<typeof startTestEdge>[0]]>([
    [
      'the origin request policy forwards cookies',
      {
        behaviours: [{ OriginRequestPolicyId: 'cookies' }],
        originRequestPolicies: { cookies: forwarding },
      },
    ],
    [
      'the cache policy has cookies in its key',
      {
        cachePolicies: {
          shared: cachePolicy([0, 0, 60], { CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['who'] } }),
        },
      },
    ],
    ['nothing is cached', { behaviours: [{ CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' }] }],
  ])('are not collapsed if %s', async (_, options) => {
    const { hold, release } = heldReplies()
    const { get, asked, received } = await startTestEdge({
      ...options,
      answer: async () => {
        await hold()
        return reply('mine', { 'cache-control': 'max-age=3' })
      },
    })
    const viewers = Array.from({ length: 4 }, () => get('/a', { headers: { cookie: 'who=1' } }))
    await received(4)
    await expect.poll(() => asked.length).toBe(4)
    release()
    await Promise.all(viewers)
  })

  it.each(['private, no-store', 'no-cache', 'max-age=0', 'max-age=0, stale-if-error=60', 's-maxage=0'])(
    'are each sent to the origin if the reply turns out to say %s',
    async control => {
      const { hold, release } = heldReplies()
      let reads = 0
      const { get, asked, received } = await startTestEdge({
        answer: async () => {
          const mine = ++reads
          if (mine === 1) await hold()
          return reply(`for ${mine}`, { 'cache-control': control, etag: `"${mine}"` })
        },
      })
      const viewers = Array.from({ length: 4 }, () => get('/a'))
      await received(4)
      release()
      const texts = (await Promise.all(viewers)).map(({ text }) => text)
      expect(new Set(texts).size).toBe(4)
      expect(asked).toHaveLength(4)
    },
  )

  it('are answered when the viewer of the first one disconnects', async () => {
    const { hold, release } = heldReplies()
    const { edge, get, asked, received } = await startTestEdge({
      answer: async () => {
        await hold()
        return reply('news', { 'cache-control': 'max-age=3' })
      },
    })
    const leaving = new AbortController()
    const left = fetch(`http://127.0.0.1:${edge.port}/a`, {
      signal: leaving.signal,
      headers: { 'accept-encoding': 'identity' },
    }).catch(() => 'left')
    await received(1)
    const stays = get('/a')
    await received(2)
    leaving.abort()
    expect(await left).toBe('left')
    await backgroundWork()
    release()
    expect((await stays).text).toBe('news')
    expect(asked).toHaveLength(1)
  })
})

describe('the cache, with random requests and replies', () => {
  const kinds = ['max-age=5', 'max-age=2, stale-while-revalidate=3', 'no-store', 'private', '500', 'cookie'] as const
  const step = fc.record({
    path: fc.constantFrom('/a', '/b'),
    viewer: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom(...kinds),
    at: fc.integer({ min: 0, max: 4 }),
    crowd: fc.integer({ min: 1, max: 4 }),
  })

  it('never has two requests to the origin in progress for one key, nor sends one viewer the reply of another', async () => {
    const open = new Map<string, number>()
    let most = 0
    let kind: (typeof kinds)[number] = 'no-store'
    let serial = 0
    const { edge, get, wait } = await startTestEdge({
      answer: async ({ url }) => {
        const [now, own] = [kind, ++serial]
        const text = `${now} ${own}`
        open.set(url, (open.get(url) ?? 0) + 1)
        if (now.includes('age')) most = Math.max(most, open.get(url) ?? 0)
        await new Promise(resolve => setImmediate(resolve))
        open.set(url, (open.get(url) ?? 0) - 1)
        if (now === '500') return reply(text, {}, 500)
        if (now === 'cookie') return reply(text, { 'cache-control': 'max-age=60', 'set-cookie': `own=${own}` })
        return reply(text, { 'cache-control': now })
      },
    })
    const others = client(edge.port)
    let run = 0
    await assertProperty(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
        run++
        const forbidden = new Set<string>()
        for (const { path, viewer, kind: next, at, crowd } of steps) {
          wait(at)
          kind = next
          const headers = { cookie: `viewer=${viewer}` }
          const asks = Array.from({ length: crowd }, (_, index) =>
            (index % 2 ? others : get)(`/${run}${path}`, { headers }),
          )
          for (const { text, headers: sent } of await Promise.all(asks)) {
            const hit = /^(Hit|RefreshHit)/.test(String(sent['x-cache']))
            if (hit) expect(sent['set-cookie']).toBeUndefined()
            if (/^(no-store|private|cookie)/.test(text)) {
              expect(forbidden.has(text)).toBe(false)
              forbidden.add(text)
            }
          }
          await backgroundWork()
        }
      }),
      { short: 25, long: 500 },
    )
    expect(most).toBe(1)
    expect(edge.counts()['*']?.collapsed).toBeGreaterThan(0)
  })
})
