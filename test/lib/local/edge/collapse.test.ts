import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cachePolicy, client, reply, settled, stage } from './stage.ts'

/** An origin whose replies wait until they are let go. */
const held = () => {
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

describe('identical requests under way', () => {
  it('are one to the origin', async () => {
    const { hold, release } = held()
    const { get, asked, edge, come } = await stage({
      answer: async () => {
        await hold()
        return reply('news', { 'cache-control': 'max-age=3' })
      },
    })
    const viewers = Array.from({ length: 20 }, () => get('/a'))
    await come(20)
    release()
    const answers = await Promise.all(viewers)
    expect(answers.map(({ text }) => text)).toEqual(Array(20).fill('news'))
    expect(answers.filter(({ headers }) => headers['x-cache'] === 'Miss from cloudfront')).toHaveLength(1)
    expect(asked).toHaveLength(1)
    expect(edge.counts()['*']).toMatchObject({ requests: 20, collapsed: 19, misses: 1, origin: 1 })
  })

  it('share a failure', async () => {
    const { hold, release } = held()
    const { get, asked, come } = await stage({
      answer: async () => {
        await hold()
        return reply('', {}, 500)
      },
    })
    const viewers = Array.from({ length: 5 }, () => get('/a'))
    await come(5)
    release()
    expect((await Promise.all(viewers)).map(({ status }) => status)).toEqual(Array(5).fill(500))
    expect(asked).toHaveLength(1)
  })

  it.each<[string, Parameters<typeof stage>[0]]>([
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
  ])('are each one to the origin if %s', async (_, how) => {
    const { hold, release } = held()
    const { get, asked, come } = await stage({
      ...how,
      answer: async () => {
        await hold()
        return reply('mine', { 'cache-control': 'max-age=3' })
      },
    })
    const viewers = Array.from({ length: 4 }, () => get('/a', { headers: { cookie: 'who=1' } }))
    await come(4)
    await settled()
    expect(asked).toHaveLength(4)
    release()
    await Promise.all(viewers)
  })

  it('are asked again, each for itself, if the reply is not for all', async () => {
    const { hold, release } = held()
    let reads = 0
    const { get, asked, come } = await stage({
      answer: async () => {
        const mine = ++reads
        if (mine === 1) await hold()
        return reply(`for ${mine}`, { 'cache-control': 'private, no-store' })
      },
    })
    const viewers = Array.from({ length: 4 }, () => get('/a'))
    await come(4)
    release()
    const texts = (await Promise.all(viewers)).map(({ text }) => text)
    expect(new Set(texts).size).toBe(4)
    expect(asked).toHaveLength(4)
  })

  it('go on for the others when the viewer who came first leaves', async () => {
    const { hold, release } = held()
    const { edge, get, asked, come } = await stage({
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
    await come(1)
    const stays = get('/a')
    await come(2)
    leaving.abort()
    expect(await left).toBe('left')
    await settled()
    release()
    expect((await stays).text).toBe('news')
    expect(asked).toHaveLength(1)
  })
})

describe('the cache, whatever happens', () => {
  const kinds = ['max-age=5', 's-maxage=2, stale-while-revalidate=3', 'no-store', 'private', '500', 'cookie'] as const
  const step = fc.record({
    path: fc.constantFrom('/a', '/b'),
    viewer: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom(...kinds),
    at: fc.integer({ min: 0, max: 4 }),
    crowd: fc.integer({ min: 1, max: 4 }),
  })

  it('never has two requests under way for one copy, nor shows one viewer what was for another', async () => {
    const open = new Map<string, number>()
    let most = 0
    let kind: (typeof kinds)[number] = 'no-store'
    let serial = 0
    const { edge, get, wait } = await stage({
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
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
        run++
        const forbidden = new Set<string>()
        for (const { path, viewer, kind: next, at, crowd } of steps) {
          wait(at)
          kind = next
          const headers = { cookie: `viewer=${viewer}` }
          const asks = Array.from({ length: crowd }, (_, place) =>
            (place % 2 ? others : get)(`/${run}${path}`, { headers }),
          )
          for (const { text, headers: sent } of await Promise.all(asks)) {
            const hit = /^(Hit|RefreshHit)/.test(String(sent['x-cache']))
            if (hit) expect(sent['set-cookie']).toBeUndefined()
            if (/^(no-store|private|cookie)/.test(text)) {
              expect(forbidden.has(text)).toBe(false)
              forbidden.add(text)
            }
          }
          await settled()
        }
      }),
      { numRuns: 25 },
    )
    expect(most).toBe(1)
    expect(edge.counts()['*']?.collapsed).toBeGreaterThan(0)
  })
})
