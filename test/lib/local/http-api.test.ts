import { describe, expect, it } from 'vitest'
import type { LocalFunction } from '../../../lib/local/account.ts'
import type { Outcome } from '../../../lib/local/environment.ts'
import type { OriginRequest } from '../../../lib/local/http.ts'
import { openHttpApi } from '../../../lib/local/http-api.ts'

/** An API whose function returns `answer`, and the events it got. */
const apiOf = (keys: readonly string[], answer: (event: Seen) => unknown = event => ({ key: event.routeKey })) => {
  const events: Seen[] = []
  const access: Record<string, unknown>[] = []
  const fn = (key: string): LocalFunction => ({
    name: key,
    invoke: async event => {
      events.push(event as Seen)
      const payload = answer(event as Seen)
      return payload instanceof Promise ? ((await payload) as Outcome) : { ok: true, payload }
    },
    counts: {} as LocalFunction['counts'],
  })
  const clock = { now: Date.parse('2026-11-24T19:24:19Z') }
  const api = openHttpApi({
    id: 'api1',
    account: '123456789012',
    domain: 'api1.execute-api.eu-west-3.amazonaws.com',
    now: () => clock.now,
    access: line => access.push(line),
  })
  for (const key of keys) api.route(key, { fn: fn(key), timeout: 200 })
  const ask = async (method: string, url: string, more: Partial<OriginRequest> = {}) => {
    const reply = await api.origin({ method, url, headers: {}, body: Buffer.alloc(0), ...more })
    return { ...reply, text: reply.body.toString() }
  }
  return { ask, events, access, clock, throttle: api.throttle }
}

// biome-ignore lint/suspicious/noExplicitAny: an event is read as a function would read it
type Seen = any

describe('openHttpApi', () => {
  it('origin() builds the event of payload format 2.0', async () => {
    const { ask, events } = apiOf(['POST /api/schools/{uai}/codes/{code}'])
    await ask('POST', '/api/schools/0750001A/codes/a%20b?q=1&q=2&x=%C3%A9&empty=', {
      headers: {
        'content-type': ['application/json'],
        cookie: ['a=1; b=2'],
        'x-many': ['one', 'two'],
        'user-agent': ['Firefox'],
        host: ['localhost:8080'],
      },
      body: Buffer.from('{"é":1}'),
    })
    expect(events).toEqual([
      {
        version: '2.0',
        routeKey: 'POST /api/schools/{uai}/codes/{code}',
        rawPath: '/api/schools/0750001A/codes/a b',
        rawQueryString: 'q=1&q=2&x=%C3%A9&empty=',
        cookies: ['a=1', 'b=2'],
        headers: {
          'content-type': 'application/json',
          'content-length': '8',
          'x-many': 'one,two',
          'user-agent': 'Firefox',
          host: 'api1.execute-api.eu-west-3.amazonaws.com',
          'x-forwarded-proto': 'https',
          'x-forwarded-port': '443',
        },
        queryStringParameters: { q: '1,2', x: 'é', empty: '' },
        pathParameters: { uai: '0750001A', code: 'a b' },
        requestContext: {
          accountId: '123456789012',
          apiId: 'api1',
          domainName: 'api1.execute-api.eu-west-3.amazonaws.com',
          domainPrefix: 'api1',
          http: {
            method: 'POST',
            path: '/api/schools/0750001A/codes/a b',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'Firefox',
          },
          requestId: expect.stringMatching(/^[\w-]{15}$/),
          routeKey: 'POST /api/schools/{uai}/codes/{code}',
          stage: '$default',
          time: '24/Nov/2026:19:24:19 +0000',
          timeEpoch: Date.parse('2026-11-24T19:24:19Z'),
        },
        body: '{"é":1}',
        isBase64Encoded: false,
      },
    ])
  })

  it('origin() leaves out absent parts of a request, and encodes a binary body in base64', async () => {
    const { ask, events } = apiOf(['GET /a', 'PUT /a'])
    await ask('GET', '/a')
    for (const absent of ['cookies', 'queryStringParameters', 'pathParameters', 'body'])
      expect(events[0]).not.toHaveProperty(absent)
    const body = Buffer.from([0, 255, 1])
    await ask('PUT', '/a', { headers: { 'content-type': ['image/png'] }, body })
    expect(events[1]).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true })
  })

  it('origin() takes the most specific route that matches', async () => {
    const { ask } = apiOf(['GET /a/{id}', 'GET /a/b', 'GET /{any+}', 'ANY /a/{id}', 'POST /a/b/{x}'])
    const keyOf = async (method: string, url: string) => JSON.parse((await ask(method, url)).text).key
    expect(await keyOf('GET', '/a/b')).toBe('GET /a/b')
    expect(await keyOf('GET', '/a/c')).toBe('GET /a/{id}')
    expect(await keyOf('DELETE', '/a/c')).toBe('ANY /a/{id}')
    expect(await keyOf('GET', '/a/b/c')).toBe('GET /{any+}')
    expect(await ask('PATCH', '/nowhere')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' })
  })

  it("origin() converts the function's result to a reply", async () => {
    const { ask } = apiOf(['GET /a'], () => ({
      statusCode: 201,
      headers: { 'Content-Type': 'image/png', 'X-Number': 3 },
      cookies: ['a=1; Path=/', 'b=2'],
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    }))
    const reply = await ask('GET', '/a')
    expect(reply.status).toBe(201)
    expect(reply.headers).toMatchObject({
      'content-type': ['image/png'],
      'x-number': ['3'],
      'set-cookie': ['a=1; Path=/', 'b=2'],
      'apigw-requestid': [expect.any(String)],
    })
    expect([...reply.body]).toEqual([0, 255])
  })

  it.each([
    ['throttled', 429, 'Too Many Requests'],
    ['error', 500, 'Internal Server Error'],
    ['crash', 500, 'Internal Server Error'],
  ])('origin() answers a function that %s with %i', async (reason, status, text) => {
    const { ask } = apiOf(['GET /a'], () => Promise.resolve({ ok: false, reason }))
    expect(await ask('GET', '/a')).toMatchObject({ status, text: JSON.stringify({ message: text }) })
  })

  it('origin() does not wait longer than the integration timeout', async () => {
    const { ask, access } = apiOf(['GET /a'], () => new Promise(() => {}))
    expect(await ask('GET', '/a')).toMatchObject({ status: 503, text: '{"message":"Service Unavailable"}' })
    expect(access).toMatchObject([{ routeKey: 'GET /a', status: 503 }])
  })

  it("origin() refuses a body beyond 10 MB, and an event beyond Lambda's quota", async () => {
    const { ask, events } = apiOf(['POST /a'])
    const headers = { 'content-type': ['application/json'] }
    expect((await ask('POST', '/a', { body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status).toBe(413)
    expect((await ask('POST', '/a', { headers, body: Buffer.alloc(7 * 1024 * 1024, 'a') })).status).toBe(413)
    expect(events).toEqual([])
  })

  it('origin() lets as many requests of a route through as its stage says, and refuses others before they are invoked', async () => {
    const { ask, events, clock, throttle } = apiOf(['POST /a', 'GET /a'])
    throttle(key => (key === 'POST /a' ? { rate: 2, burst: 3 } : undefined))
    const statuses = async (count: number) =>
      (await Promise.all(Array.from({ length: count }, () => ask('POST', '/a')))).map(({ status }) => status)
    expect(await statuses(5)).toEqual([200, 200, 200, 429, 429])
    expect(events).toHaveLength(3)
    expect((await ask('GET', '/a')).status).toBe(200)
    clock.now += 1_000
    expect(await statuses(3)).toEqual([200, 200, 429])
    clock.now += 60_000
    expect(await statuses(4)).toEqual([200, 200, 200, 429])
  })

  it('route() refuses a second route with the same key', () => {
    expect(() => apiOf(['GET /a', 'GET /a'])).toThrow('two routes GET /a')
  })
})
