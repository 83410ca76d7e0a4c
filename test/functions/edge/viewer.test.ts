import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import { type Signed, signToken } from '../../../functions/platform/token.ts'
import { viewerCode } from '../../../lib/platform/viewer-code.ts'
import { type CommonProblem, commonProblems } from '../../../shared/kernel/problem.ts'
import { storeOf, type ViewerRequest, viewer } from './viewer.ts'

const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
const secrets = { kabc: 'a-secret-of-the-first-key', kdef: 'a-secret-of-the-second-key' }
const keysOf = (kid: keyof typeof secrets): KeysItem => ({
  signing: [{ kid, secret: secrets[kid], since: '2026-03-01T00:00:00.000Z' }],
  refresh: '-',
  edge: '-',
})
const own = '0123456789ab'
const other = 'zyxwvtsrqpnm'
const uai = '0750001A'
const signed: Signed = {
  person: '0'.repeat(16),
  session: '1'.repeat(20),
  audiences: [{ id: own, uai }],
  roles: [{ uai, role: 'pupil' }],
  access: '-',
  end: clock.now.getTime() / 1000 + 30 * 86_400,
}
const good = signToken(signed, keysOf('kabc'), clock.now)
const view = viewer(storeOf(secrets), () => clock.now.getTime())

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (head: object, claims: object, secret: string) => {
  const text = `${encode(head)}.${encode(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const claims = {
  sub: '-',
  sid: '-',
  schools: { [uai]: [['pupil'], own] },
  iat: clock.now.getTime() / 1000,
  exp: clock.now.getTime() / 1000 + 60,
  end: clock.now.getTime() / 1000 + 60,
}
const head = { alg: 'HS256', typ: 'JWT', kid: 'kabc' }

const news = `/api/audiences/${own}/news`
const ask = (token: string | undefined, change: Partial<ViewerRequest> = {}) =>
  view({ uri: news, cookies: token === undefined ? {} : { '__Host-preau': { value: token } }, ...change })
const refusal = async (asked: ReturnType<typeof ask>): Promise<[number, string] | undefined> => {
  const { reply } = await asked
  return reply && [reply.statusCode, JSON.parse(reply.body.data).type.replace('/api/problems/', '')]
}

describe('handler()', () => {
  it('lets a member through and drops what is theirs', async () => {
    const { request } = await ask(good, {
      cookies: { '__Host-preau': { value: good }, '__Secure-preau-device': { value: 'x' } },
      headers: { authorization: { value: 'x' }, cookie: { value: 'x' }, 'x-preau-edge': { value: 'x' } },
      querystring: { cursor: { value: 'Rg' }, utm: { value: 'mail' } },
    })
    expect(request).toEqual({
      method: 'GET',
      uri: news,
      querystring: { cursor: { value: 'Rg' } },
      headers: { host: { value: 'ent.example' }, 'accept-encoding': { value: 'gzip' } },
      cookies: {},
    })
  })

  it('verifies with either of two keys', async () => {
    expect((await ask(signToken(signed, keysOf('kdef'), clock.now))).request?.uri).toBe(news)
  })

  it.each<[string, string | undefined, number, string]>([
    ['no cookie', undefined, 401, 'signed-out'],
    ['an empty cookie', '', 401, 'signed-out'],
    ['rubbish', 'a.b.c', 401, 'signed-out'],
    ['a forged signature', `${good.slice(0, -2)}AA`, 401, 'signed-out'],
    ['no signature', good.slice(0, good.lastIndexOf('.') + 1), 401, 'signed-out'],
    [
      'claims of another token',
      [...good.split('.').slice(0, 1), encode(claims), good.split('.')[2]].join('.'),
      401,
      'signed-out',
    ],
    ['a key of our own making', sign(head, claims, 'guess'), 401, 'signed-out'],
    ['alg none', `${encode({ ...head, alg: 'none' })}.${encode(claims)}.`, 401, 'signed-out'],
    ['alg none, signed', sign({ ...head, alg: 'none' }, claims, secrets.kabc), 401, 'signed-out'],
    ['another algorithm', sign({ ...head, alg: 'HS512' }, claims, secrets.kabc), 401, 'signed-out'],
    ['an unknown key id', sign({ ...head, kid: 'kxyz' }, claims, secrets.kabc), 401, 'signed-out'],
    ['no key id', sign({ alg: 'HS256' }, claims, secrets.kabc), 401, 'signed-out'],
    ['a key id that is none', sign({ ...head, kid: '__proto__' }, claims, secrets.kabc), 401, 'signed-out'],
    ['a missing exp', sign(head, { ...claims, exp: undefined }, secrets.kabc), 401, 'session-stale'],
    ['an exp that is text', sign(head, { ...claims, exp: '9999999999' }, secrets.kabc), 401, 'session-stale'],
    ['a missing end', sign(head, { ...claims, end: undefined }, secrets.kabc), 401, 'session-stale'],
    ['missing schools', sign(head, { ...claims, schools: undefined }, secrets.kabc), 401, 'session-stale'],
    [
      'a school without audiences',
      sign(head, { ...claims, schools: { [uai]: [[]] } }, secrets.kabc),
      401,
      'session-stale',
    ],
    [
      'a token of the release before',
      sign(head, { sub: '-', sid: '-', audiences: [own], roles: [], exp: claims.exp, iat: claims.iat }, secrets.kabc),
      401,
      'session-stale',
    ],
    [
      'an expired token',
      sign(head, { ...claims, exp: clock.now.getTime() / 1000 }, secrets.kabc),
      401,
      'session-stale',
    ],
    [
      "another school's audience",
      sign(head, { ...claims, schools: { [uai]: [[], other] } }, secrets.kabc),
      403,
      'not-allowed',
    ],
    [
      'an audience that two others make up',
      sign(head, { ...claims, schools: { [uai]: [[], `zzzzzz${own}yyyyyy`] } }, secrets.kabc),
      403,
      'not-allowed',
    ],
  ])('refuses %s', async (_, token, status, type) => {
    expect(await refusal(ask(token))).toEqual([status, type])
  })

  it('answers as the handlers do, and nothing keeps the answer', async () => {
    const { reply } = await ask(undefined)
    expect(reply?.headers).toEqual({
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'x-request-id': { value: 'edge-request-id' },
    })
    for (const asked of [
      ask(undefined),
      ask(good, { uri: `/api/audiences/${other}/news` }),
      ask(good, { uri: '/api//x' }),
    ]) {
      const body = JSON.parse((await asked).reply?.body.data ?? '')
      const type = body.type.replace('/api/problems/', '') as CommonProblem
      expect(body).toEqual({ type: body.type, ...commonProblems[type], instance: 'urn:preau:request:edge-request-id' })
    }
  })

  it('refuses a second token beside the first', async () => {
    const cookies = { '__Host-preau': { value: good, multiValue: [{ value: good }, { value: 'x' }] } }
    expect(await refusal(ask(good, { cookies }))).toEqual([401, 'signed-out'])
  })

  it.each([
    `/api/audiences/${own}/../${other}/news`,
    `/api/audiences/${own}/./news`,
    `/api/audiences/${own}/%2e%2e/${other}/news`,
    `/api/audiences/${own}%2Fnews`,
    `/api/audiences/${own}/..%5c${other}/news`,
    `/api/audiences//${own}/news`,
    `/api/%61udiences/${other}/news`,
    `/%6dedia/${other}/a.jpg`,
    `/media/${own}/%2e./x`,
    `/media/${own}/a%`,
    `/api/x/../audiences/${other}/news`,
    '//api/audiences',
    `/api\\audiences/${other}/news`,
    `/media/${own}/a%00.jpg`,
  ])('refuses the path %s, which could be read in two ways', async uri => {
    expect(await refusal(ask(good, { uri }))).toEqual([400, 'invalid-request'])
  })

  it.each([
    `/api/audiences/${own}`,
    `/api/audiences/${own}/`,
    `/api/Audiences/${own}/news`,
    `/API/audiences/${own}/news`,
    '/API/me',
    `/api/audiences/${own.toUpperCase()}/news`,
    `/api/audiences/${own}x/news`,
    `/Media/${own}/a.jpg`,
    `/media/${own}/a%20b.jpg`,
    `/media/a.jpg`,
  ])('finds nothing at %s', async uri => {
    expect((await refusal(ask(good, { uri })))?.[0]).toBe(404)
  })

  it('finds nothing to write in shared paths', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await refusal(ask(good, { method }))).toEqual([404, 'not-found'])
    expect((await ask(good, { method: 'HEAD' })).request?.uri).toBe(news)
  })

  it('lets the parameters of a list through, and no others', async () => {
    const list = { value: 'news.1.0123456789abc' }
    const { request } = await ask(good, { querystring: { list, page: { value: '2' } } })
    expect(request?.querystring).toEqual({ list })
  })

  it('refuses a cursor that is none', async () => {
    for (const value of ['', 'a b', '../x', 'a&b'])
      expect(await refusal(ask(good, { querystring: { cursor: { value } } }))).toEqual([400, 'invalid-request'])
  })

  it('tells the API who asks and for which host, whatever the viewer says', async () => {
    const { request } = await view({
      uri: '/api/session',
      method: 'POST',
      cookies: { '__Host-preau': { value: 'x' } },
      querystring: { a: { value: 'b' } },
      headers: {
        'x-preau-client': { value: '203.0.113.1' },
        'x-preau-host': { value: 'evil.example' },
        'x-preau-edge': { value: 'guess' },
      },
    })
    expect(request?.headers).toEqual({
      host: { value: 'ent.example' },
      'x-preau-client': { value: '192.0.2.44' },
      'x-preau-host': { value: 'ent.example' },
    })
    expect(request?.cookies).toEqual({ '__Host-preau': { value: 'x' } })
    expect(request?.querystring).toEqual({ a: { value: 'b' } })
  })

  it.each([
    ['/', '/index.html'],
    ['/actualites/01abc', '/index.html'],
    ['/api', '/index.html'],
    ['/compte/é', '/index.html'],
    ['/assets/app-1a2b.js', '/assets/app-1a2b.js'],
    ['/manifest.webmanifest', '/manifest.webmanifest'],
  ])('asks for %s as %s', async (uri, expected) => {
    expect((await view({ uri })).request?.uri).toBe(expected)
  })

  it('fits a viewer function', () => {
    expect(Buffer.byteLength(viewerCode())).toBeLessThanOrEqual(10_240)
  })
})
