import { describe, expect, it } from 'vitest'
import { reply, startTestEdge } from './fixture.ts'

/** The source of a viewer function that replies with the value of an expression on its event. */
const replyingWith = (expression: string) => `
import cf from 'cloudfront'
import crypto from 'crypto'
const store = cf.kvs()
async function handler(event) {
  const value = await (${expression})
  return { statusCode: 200, headers: { 'x-own': { value: 'f' } }, body: { encoding: 'text', data: JSON.stringify(value) } }
}`
const evaluate = async (expression: string, path = '/a', headers: Record<string, string | string[]> = {}) => {
  const { get } = await startTestEdge({ viewer: replyingWith(expression), keys: { k1: 'secret' } })
  return get(path, { headers })
}

describe('the viewer function', () => {
  it("gets CloudFront's event", async () => {
    const { text } = await evaluate('event', '/a?x=1&y=%C3%A9&x=2&z', {
      host: 'ent.example',
      'X-Two': ['a', 'b'],
      cookie: 'one=1; two=2; one=3',
    })
    const event = JSON.parse(text)
    expect(event).toMatchObject({
      version: '1.0',
      context: { eventType: 'viewer-request', requestId: expect.stringMatching(/^[\w-]{16,}$/) },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/a',
        querystring: {
          x: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] },
          y: { value: '%C3%A9' },
          z: { value: '' },
        },
        headers: {
          host: { value: 'ent.example' },
          'x-two': { value: 'a', multiValue: [{ value: 'a' }, { value: 'b' }] },
        },
        cookies: { one: { value: '1', multiValue: [{ value: '1' }, { value: '3' }] }, two: { value: '2' } },
      },
    })
    expect(event.request.headers.cookie).toBeUndefined()
  })

  it('reads its key-value store and computes digests', async () => {
    expect((await evaluate("store.get('k1')")).text).toBe('"secret"')
    expect((await evaluate("store.get('k2').catch(() => 'failed')")).text).toBe('"failed"')
    expect((await evaluate("store.exists('k1')")).text).toBe('true')
    expect((await evaluate("store.exists('k2')")).text).toBe('false')
    const digest = "crypto.createHmac('sha256', 'key').update('text').digest('hex')"
    expect((await evaluate(digest)).text).toMatch(/^"[0-9a-f]{64}"$/)
  })

  it.each([
    'process',
    'fetch',
    'setTimeout',
    "require('fs')",
    "eval('1')",
    "crypto.createHash('sha512')",
    'crypto.randomBytes(1)',
  ])('has no %s', async expression => {
    expect((await evaluate(expression)).status).toBe(503)
  })

  it('can generate the reply, which x-cache shows', async () => {
    const { get, asked, edge } = await startTestEdge({ viewer: replyingWith('1') })
    const generated = await get('/a')
    expect(generated).toMatchObject({ status: 200, text: '1' })
    expect(generated.headers).toMatchObject({ 'x-own': 'f', 'x-cache': 'FunctionGeneratedResponse from cloudfront' })
    expect(asked).toHaveLength(0)
    expect(edge.counts()['*']).toMatchObject({ requests: 1, generated: 1, origin: 0 })
  })

  it('can change the request for the cache and the origin', async () => {
    const viewer = `function handler(event) {
      const request = event.request
      request.uri = '/same'
      request.querystring = { page: { value: '2' } }
      request.headers['x-added'] = { value: 'yes' }
      request.cookies = {}
      return request
    }`
    const all = { CookiesConfig: { CookieBehavior: 'all' }, QueryStringsConfig: { QueryStringBehavior: 'all' } }
    const { get, asked } = await startTestEdge({
      viewer,
      behaviours: [{ OriginRequestPolicyId: 'all' }],
      originRequestPolicies: {
        all: { OriginRequestPolicyConfig: { Name: 'all', ...all, HeadersConfig: { HeaderBehavior: 'allViewer' } } },
      },
      answer: () => reply('x', { 'cache-control': 'max-age=9' }),
    })
    await get('/a?x=1', { headers: { cookie: 'own=1' } })
    expect((await get('/b', { headers: { cookie: 'own=2' } })).headers['x-cache']).toBe('Hit from cloudfront')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ url: '/same?page=2', headers: { 'x-added': ['yes'] } })
    expect(asked[0]?.headers.cookie).toBeUndefined()
  })

  it.each([
    "return { statusCode: 200, headers: { a: { value: 'x\\r\\nset-cookie: b=c' } } }",
    "event.request.headers.a = { value: 'x\\ny' }; return event.request",
    "event.request.uri = 'elsewhere'; return event.request",
    'return { statusCode: 999 }',
    'return null',
  ])('gets a 502 for an invalid result: %s', async code => {
    const { get, asked, seen } = await startTestEdge({ viewer: `function handler(event) { ${code} }` })
    const { status, headers } = await get('/a')
    expect(status).toBe(502)
    expect(headers['set-cookie']).toBeUndefined()
    expect(asked).toHaveLength(0)
    expect(seen[0]?.cause).toContain('viewer function')
  })
})
