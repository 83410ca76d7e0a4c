import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertProperty } from '../../../support/property.ts'
import { cachePolicy, reply, startTestEdge } from './fixture.ts'

const withPatterns = (stated: { pattern?: string }[]) => ({
  behaviours: [{}, ...stated.map(({ pattern = '' }) => ({ path: pattern }))],
})

describe('behaviours', () => {
  it.each<[string, string]>([
    ['/api/audiences/x/news', '/api/audiences/*'],
    ['/api/me', '/api/*'],
    ['/api', '*'],
    ['/API/me', '*'],
    ['/a/photo.jpg', '*.jpg'],
    ['/img/7/x', 'img/?/*'],
    ['/img/77/x', '*'],
    ['/other/../api/me', '/api/*'],
    ['/%61pi/me', '/api/*'],
    ['/api%2Fme', '*'],
    ['/', '*'],
  ])('matches %s with %s', async (path, pattern) => {
    const patterns = ['/api/audiences/*', '/api/*', '*.jpg', 'img/?/*']
    const { get, seen, asked } = await startTestEdge(withPatterns(patterns.map(one => ({ pattern: one }))))
    await get(path)
    expect(seen.map(({ behaviour }) => behaviour)).toEqual([pattern])
    expect(asked[0]?.url).toBe(path)
  })

  it('take the first that matches', async () => {
    const { get, seen } = await startTestEdge(withPatterns([{ pattern: '/a*' }, { pattern: '/ab' }]))
    await get('/ab')
    expect(seen[0]?.behaviour).toBe('/a*')
  })

  it('refuse methods that they do not allow', async () => {
    const { get, asked } = await startTestEdge({
      behaviours: [{}, { path: '/w', AllowedMethods: ['GET', 'HEAD', 'POST'] }],
    })
    expect(await get('/a', { method: 'POST', body: 'x' })).toMatchObject({ status: 403 })
    expect(await get('/w', { method: 'DELETE' })).toMatchObject({ status: 403 })
    expect(await get('/w', { method: 'POST', body: 'x' })).toMatchObject({ status: 200 })
    expect(asked.map(({ method, body }) => [method, body.toString()])).toEqual([['POST', 'x']])
  })

  it('never answer a write from the cache', async () => {
    const { get, asked } = await startTestEdge({
      behaviours: [{ AllowedMethods: ['GET', 'HEAD', 'POST'] }],
      answer: ({ method }) => reply(method, { 'cache-control': 'max-age=60' }),
    })
    for (const method of ['GET', 'POST', 'POST', 'GET']) expect((await get('/a', { method })).text).toBe(method)
    expect(asked).toHaveLength(3)
  })

  it('answer / with the default root object', async () => {
    const { get, asked } = await startTestEdge({ distribution: { DefaultRootObject: 'index.html' } })
    await get('/')
    expect(asked[0]?.url).toBe('/index.html')
  })

  it('answer an error with its custom error page', async () => {
    const { get } = await startTestEdge({
      distribution: {
        CustomErrorResponses: [
          { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/app.html', ErrorCachingMinTTL: 0 },
        ],
      },
      answer: ({ url }) =>
        url === '/app.html' ? reply('app', { 'content-type': 'text/html' }) : reply('none', {}, 404),
    })
    const shown = await get('/lost')
    expect(shown).toMatchObject({ status: 200, text: 'app' })
    expect(shown.headers).toMatchObject({ 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' })
  })

  it('apply their response headers policy, also to error pages', async () => {
    const { get } = await startTestEdge({
      behaviours: [{ ResponseHeadersPolicyId: 'secure' }],
      responseHeadersPolicies: {
        secure: {
          ResponseHeadersPolicyConfig: {
            Name: 'secure',
            SecurityHeadersConfig: {
              ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
              ContentTypeOptions: { Override: true },
              FrameOptions: { FrameOption: 'DENY', Override: false },
              StrictTransportSecurity: { AccessControlMaxAgeSec: 9, IncludeSubdomains: true, Override: true },
            },
            CustomHeadersConfig: { Items: [{ Header: 'X-Own', Value: 'edge', Override: false }] },
            RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
          },
        },
      },
      answer: ({ url }) => {
        if (url === '/down') throw new Error('down')
        return reply('x', {
          server: 'S',
          'x-own': 'origin',
          'x-frame-options': 'SAMEORIGIN',
          'content-security-policy': 'no',
        })
      },
    })
    const { headers } = await get('/a')
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'strict-transport-security': 'max-age=9; includeSubDomains',
      'x-own': 'origin',
    })
    expect(headers.server).toBeUndefined()
    const down = await get('/down')
    expect(down).toMatchObject({ status: 502 })
    expect(down.headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-own': 'edge' })
  })
})

describe('the cache key', () => {
  const key = {
    QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['page'] },
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Lang'] },
    CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['theme'] },
  }
  const name = fc.constantFrom('page', 'utm')
  const request = fc.record({
    query: fc.array(fc.tuple(name, fc.constantFrom('1', '2', '%20')), { maxLength: 3 }),
    lang: fc.constantFrom('fr', 'en'),
    agent: fc.constantFrom('x', 'y'),
    theme: fc.constantFrom('', 'dark'),
    person: fc.constantFrom('p1', 'p2'),
  })
  type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never
  const keyed = ({ query, lang, theme }: Request) =>
    JSON.stringify([query.filter(([one]) => one === 'page'), lang, theme])

  it('is the path and what the policy lists, and only that reaches the origin', async () => {
    const { get, asked } = await startTestEdge({
      cachePolicies: { shared: cachePolicy([0, 60, 60], key) },
      answer: ({ url, headers }) => reply(JSON.stringify([url, headers['x-lang'], headers.cookie])),
    })
    const answers = new Map<string, string>()
    await assertProperty(
      fc.asyncProperty(request, async one => {
        const { query, lang, agent, theme, person } = one
        const search = query.map(([of, value]) => `${of}=${value}`).join('&')
        const { text } = await get(`/a${search && `?${search}`}`, {
          headers: { 'x-lang': lang, 'user-agent': agent, cookie: `person=${person}${theme && `; theme=${theme}`}` },
        })
        expect(answers.get(keyed(one)) ?? text).toBe(text)
        answers.set(keyed(one), text)
      }),
      { short: 200, long: 3_000 },
    )
    expect(asked).toHaveLength(answers.size)
    expect(new Set(answers.values()).size).toBe(answers.size)
    for (const { url, headers } of asked) {
      expect(url).not.toContain('utm')
      expect(headers.cookie ?? ['theme=dark']).toEqual(['theme=dark'])
      expect(headers['user-agent']).toEqual(['Amazon CloudFront'])
    }
  })
})

describe('startEdge()', () => {
  it.each<[string, Parameters<typeof startTestEdge>[0]]>([
    ['an unknown setting of a behaviour', { behaviours: [{ SmoothStreaming: true }] }],
    ['an unknown policy', { behaviours: [{ CachePolicyId: 'gone' }] }],
    ['an unknown origin', { behaviours: [{ TargetOriginId: 'gone' }] }],
    [
      'another kind of function',
      {
        behaviours: [{ FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: 'arn:viewer' }] }],
      },
    ],
  ])('refuses %s', async (_, options) => {
    await expect(startTestEdge(options)).rejects.toThrow()
  })
})
