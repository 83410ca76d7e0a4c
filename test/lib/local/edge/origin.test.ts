import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { reply, startTestEdge } from './fixture.ts'

const api = {
  AllowedMethods: ['GET', 'HEAD', 'POST'],
  CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
}

describe('the origin', () => {
  it("gets the viewer's request with the edge's own headers, without hop-by-hop headers", async () => {
    const { get, asked } = await startTestEdge({
      behaviours: [api],
      origin: { OriginPath: '/v1', OriginCustomHeaders: [{ HeaderName: 'X-Secret', HeaderValue: 's' }] },
    })
    await get('/a?b=%20', {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        cookie: 'a=1; b=2',
        host: 'ent.example',
        'x-secret': 'forged',
        te: 'trailers',
        'x-forwarded-for': '192.0.2.1',
        'idempotency-key': 'k',
        'if-none-match': '"e"',
      },
    })
    const [request] = asked
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v1/a?b=%20',
      headers: {
        'content-type': ['application/json'],
        cookie: ['a=1; b=2'],
        host: ['origin.example'],
        'x-secret': ['s'],
        'x-forwarded-for': ['192.0.2.1, 127.0.0.1'],
        'idempotency-key': ['k'],
        'if-none-match': ['"e"'],
      },
    })
    expect(request?.body.toString()).toBe('{}')
    expect(request?.headers.te).toBeUndefined()
    expect(request?.headers.connection).toBeUndefined()
  })

  it('cannot send hop-by-hop headers to the viewer', async () => {
    const { get } = await startTestEdge({
      answer: () => reply('x', { connection: 'close, x-hop', 'x-hop': '1', 'keep-alive': 'timeout=1', 'x-kept': '1' }),
    })
    const { headers } = await get('/a')
    expect(headers).toMatchObject({ 'x-kept': '1', connection: 'keep-alive' })
    expect(headers['x-hop']).toBeUndefined()
  })

  it('cannot inject a header by a line break', async () => {
    const { get } = await startTestEdge({ answer: () => reply('x', { 'x-a': '1\r\nset-cookie: a=b' }) })
    const { status, headers } = await get('/a')
    expect(status).toBe(502)
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('gets ConnectionAttempts requests for a read, and one for a write', async () => {
    let fails = 2
    const { get, asked } = await startTestEdge({
      behaviours: [api],
      origin: {
        ConnectionAttempts: 3,
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 0.05 },
      },
      answer: async ({ method }) => {
        if (fails-- > 0 || method === 'POST') await new Promise(() => {})
        return reply('late')
      },
    })
    expect(await get('/a')).toMatchObject({ status: 200 })
    expect(asked).toHaveLength(3)
    expect(await get('/a', { method: 'POST', body: 'x' })).toMatchObject({ status: 504 })
    expect(asked).toHaveLength(4)
  })

  it('that is a bucket gets the attempts and the read timeout of the template too, at each request anew', async () => {
    let hangs = false
    const { get, asked, wait } = await startTestEdge({
      origin: { ConnectionAttempts: 2, S3OriginConfig: { OriginReadTimeout: 0.05 } },
      answer: () =>
        hangs ? new Promise(() => {}) : reply('board', { 'cache-control': 'max-age=55, stale-if-error=86400' }),
    })
    await get('/a')
    hangs = true
    wait(60)
    for (const requests of [3, 5]) {
      expect(await get('/a')).toMatchObject({ status: 200, text: 'board' })
      expect(asked).toHaveLength(requests)
    }
    expect(await get('/other')).toMatchObject({ status: 504 })
  })

  it('gets no body larger than the edge accepts', async () => {
    const { get, asked } = await startTestEdge({ behaviours: [api] })
    const answer = await get('/a', { method: 'POST', headers: { 'content-length': '20000001' }, body: '' }).catch(
      () => undefined,
    )
    expect(answer?.status ?? 413).toBe(413)
    expect(asked).toHaveLength(0)
    expect(await get('/ok')).toMatchObject({ status: 200 })
  })
})

describe('compression', () => {
  const text = 'préau '.repeat(400)
  const files =
    (type = 'application/json', more: Record<string, string> = {}, body = text) =>
    () =>
      reply(body, { 'content-type': type, 'cache-control': 'max-age=60', etag: '"one"', ...more })

  it('is the best coding the viewer accepts, done once', async () => {
    const { get, asked } = await startTestEdge({ behaviours: [{ Compress: true }], answer: files() })
    for (const [accept, coding, decode] of [
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['gzip, br;q=0', 'gzip', gunzipSync],
    ] as const)
      for (const cache of ['Miss', 'Hit']) {
        const { headers, body } = await get('/a', { headers: { 'accept-encoding': accept } })
        expect(headers).toMatchObject({
          'content-encoding': coding,
          etag: 'W/"one"',
          'x-cache': `${cache} from cloudfront`,
        })
        expect(decode(body).toString()).toBe(text)
      }
    const plain = await get('/a')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.text).toBe(text)
    expect(asked.map(({ headers }) => headers['accept-encoding']?.[0])).toEqual(['br,gzip', 'gzip', undefined])
  })

  it.each<[string, () => ReturnType<typeof reply>, object]>([
    ['an image', files('image/png'), { Compress: true }],
    ['a small reply', files('text/css', {}, 'a{}'), { Compress: true }],
    [
      'a reply with no-transform',
      files('text/css', { 'cache-control': 'max-age=9, no-transform' }),
      { Compress: true },
    ],
    ['a reply of a behaviour without Compress', files(), { Compress: false }],
    ['a reply that is not cached', files(), { ...api, Compress: true }],
  ])('does not apply to %s', async (_, answer, behaviour) => {
    const { get } = await startTestEdge({ behaviours: [{ ...behaviour }], answer })
    expect((await get('/a', { headers: { 'accept-encoding': 'br' } })).headers['content-encoding']).toBeUndefined()
  })
})
