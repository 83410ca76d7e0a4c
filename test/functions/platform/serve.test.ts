import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { serve } from '../../../functions/platform/serve.ts'
import type { Caller } from '../../../functions/platform/token.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { contract, route } from '../../../shared/kernel/route.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { type Database, startDynamoDb } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { type TestPlatform, testPlatform } from '../../support/platform.ts'
import { college, ecole, type School, seedSchool } from '../../support/school.ts'

const declared = contract({
  feature: 'test',
  function: 'test',
  problems: {},
  routes: {
    read: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/test',
      summary: 'Read.',
      callers: ['teacher', 'head'],
      within: 'school',
      params: z.object({ uai: z.string().check(z.maxLength(8)) }),
      query: z.object({ size: z.optional(z.enum(['s', 'l', 'xl'])) }),
      reply: z.object({ name: z.string() }),
    }),
    share: route({
      kind: 'shared',
      method: 'GET',
      path: '/api/audiences/{audience}/test',
      summary: 'Share.',
      callers: 'members',
      cache: { ttl: 3, staleWhileRevalidate: 30, staleIfError: 86_400 },
      params: z.object({ audience: z.string() }),
      reply: z.object({ name: z.string() }),
    }),
    facts: route({
      kind: 'public',
      method: 'GET',
      path: '/api/public/test',
      summary: 'Tell everybody.',
      callers: 'anyone',
      cache: { ttl: 60, staleWhileRevalidate: 60, staleIfError: 60 },
      reply: z.object({ name: z.string() }),
    }),
    count: route({
      kind: 'private',
      method: 'GET',
      path: '/api/territory/test',
      summary: 'Count.',
      callers: ['operator', 'authority'],
      within: 'territory',
      reply: z.object({ name: z.string() }),
    }),
    write: route({
      kind: 'write',
      method: 'POST',
      path: '/api/test',
      summary: 'Write.',
      callers: 'signed-in',
      within: 'self',
      body: z.object({ name: z.string().check(z.minLength(2)), age: z.number() }),
      status: 201,
      reply: z.object({ name: z.string() }),
    }),
    repeat: route({
      kind: 'write',
      method: 'POST',
      path: '/api/test/again',
      summary: 'Write, as often as you like.',
      callers: 'signed-in',
      within: 'self',
      repeatable: true,
      status: 200,
      reply: z.object({ name: z.string() }),
    }),
  },
})

let db: Database
let platform: TestPlatform
let school: School
let handler: unknown
let thrown: Error | undefined
let runs = 0
/** What is done while the next write is, which is refused then. */
let meanwhile: (() => Promise<unknown>) | undefined
const clock = { now: new Date('2026-03-16T08:00:00.000Z') }
beforeAll(async () => {
  db = await startDynamoDb()
  platform = await testPlatform(db, clock)
  school = await seedSchool(db, clock.now)
  handler = serve(
    declared,
    platform,
    {},
    {
      read: async ({ query }) => {
        if (thrown) throw thrown
        if (query.size === 'l') return fail(problem('not-found'))
        return ok({ name: query.size === 'xl' ? 'Léa '.repeat(400) : 'Léa', inside: 'x' })
      },
      share: async () => ok({ name: 'Léa' }),
      facts: async ({ caller }) => ok({ name: String(caller) }),
      count: async () => ok({ name: '12' }),
      write: async ({ body, commit }) => {
        runs++
        const work = meanwhile
        meanwhile = undefined
        if (work) {
          await work()
          return fail(problem('conflict'))
        }
        return commit([], { name: `${body.name} ${runs}` })
      },
      repeat: async request => {
        runs++
        return ok({ name: Object.keys(request).sort().join(' ') })
      },
    },
  )
})
afterAll(() => db.close())

const ask = (name: keyof typeof declared.routes, options: CallOptions = {}) =>
  call(handler, platform, declared.routes[name], options)
const as = (name: string) => ({ as: school.callers[name] })
const inSchool = { params: { uai: college } }
const typeOf = (reply: { status: number; body: { type: string } }) => [reply.status, reply.body.type.split('/').at(-1)]
const body = { name: 'Léa', age: 12 }

describe('serve()', () => {
  it('keeps of a reply what its schema declares, and stores none of it', async () => {
    const reply = await ask('read', { ...as('anne'), ...inSchool })
    expect([reply.status, reply.body]).toEqual([200, { name: 'Léa' }])
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(reply.headers['x-request-id']).toBeTruthy()
  })

  it('lets in by role and school', async () => {
    const signedOut = await ask('read', inSchool)
    expect(typeOf(signedOut)).toEqual([401, 'signed-out'])
    expect(typeOf(await ask('read', { ...as('lea'), ...inSchool }))).toEqual([403, 'not-allowed'])
    expect(typeOf(await ask('read', { ...as('anne'), params: { uai: ecole } }))).toEqual([403, 'not-allowed'])
    expect((await ask('read', { ...as('denise'), params: { uai: ecole } })).status).toBe(200)
  })

  it('lets a role of the territory in everywhere, and no role of a school into the territory', async () => {
    const teacher = school.callers.anne as Caller
    for (const territoryRole of ['operator', 'authority'] as const) {
      const caller = { ...teacher, territoryRoles: [territoryRole] }
      expect((await ask('count', { as: caller })).status).toBe(200)
      expect(typeOf(await ask('read', { as: { ...caller, roles: [] }, ...inSchool }))).toEqual([403, 'not-allowed'])
    }
    expect(typeOf(await ask('count', { as: teacher }))).toEqual([403, 'not-allowed'])
    expect(typeOf(await ask('count'))).toEqual([401, 'signed-out'])
  })

  it('answers a public read to everybody alike, for the edge to keep', async () => {
    const replies = [await ask('facts'), await ask('facts', as('anne'))]
    expect(replies.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, { name: 'undefined' }]))
    expect(replies[1]?.headers['cache-control']).toContain('max-age=60')
    expect(typeOf(await ask('facts', { headers: { 'x-preau-edge': 'guess' } }))).toEqual([403, 'not-through-edge'])
  })

  it('answers the edge only', async () => {
    for (const secret of ['', 'guess']) {
      const reply = await ask('read', { ...as('anne'), ...inSchool, headers: { 'x-preau-edge': secret } })
      expect(typeOf(reply)).toEqual([403, 'not-through-edge'])
    }
  })

  it('tells an expired token from none', async () => {
    const caller = school.callers.anne
    const token = { as: caller, ...inSchool }
    const now = clock.now
    const later = { ...platform, now: () => new Date(now.getTime() - 3_600_000) }
    expect(typeOf(await call(handler, later, declared.routes.read, token))).toEqual([401, 'session-stale'])
    const forged = await ask('read', { ...inSchool, cookies: ['__Host-preau=a.b.c'] })
    expect(typeOf(forged)).toEqual([401, 'signed-out'])
  })

  it('says every field that is not as declared', async () => {
    const read = await ask('read', { ...as('anne'), ...inSchool, query: { size: 'm' } })
    expect(read.body.errors.map((error: { path: string }) => error.path)).toEqual(['query.size'])
    const write = await ask('write', { ...as('anne'), body: { name: 'x', age: '12' } })
    expect(typeOf(write)).toEqual([400, 'invalid-request'])
    expect(write.body.errors.map((error: { path: string }) => error.path)).toEqual(['body.name', 'body.age'])
  })

  it('says in words what is expected of a field', async () => {
    const { errors } = (await ask('write', { ...as('anne'), body: { name: 'x', age: '12' } })).body
    expect(errors).toEqual([
      { path: 'body.name', message: expect.stringContaining('2 characters') },
      { path: 'body.age', message: expect.stringContaining('number') },
    ])
  })

  it('refuses query parameters that a route does not name, with or without some of its own', async () => {
    const [own, other] = [{ size: 's' }, { Size: 's', cursor: 'x' }]
    const read = await ask('read', { ...as('anne'), ...inSchool, query: { ...own, ...other } })
    expect([read.status, read.body.errors.map((error: { path: string }) => error.path).sort()]).toEqual([
      400,
      ['query.Size', 'query.cursor'],
    ])
    const facts = await ask('facts', { query: { size: 's' } })
    expect([facts.status, facts.body.errors[0].path]).toEqual([400, 'query.size'])
    expect((await ask('read', { ...as('anne'), ...inSchool, query: own })).status).toBe(200)
  })

  it('refuses texts that are not well-formed, where no schema looks too', async () => {
    for (const other of ['\ud83c', { '\ud83c': 1 }, [['\udf84']]]) {
      const { status, body: refused } = await ask('write', { ...as('anne'), body: { ...body, other } })
      expect([status, refused.errors[0].message]).toEqual([400, expect.stringMatching(/surrogate/)])
    }
    expect((await ask('write', { ...as('anne'), body: { ...body, other: '🎄' } })).status).toBe(201)
  })

  it('takes JSON only, of a reasonable size', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(typeOf(await ask('write', { ...as('anne'), body, headers: form }))).toEqual([400, 'invalid-request'])
    const large = { ...body, name: 'x'.repeat(140_000) }
    expect(typeOf(await ask('write', { ...as('anne'), body: large }))).toEqual([413, 'too-large'])
    expect(typeOf(await ask('write', as('anne')))).toEqual([400, 'invalid-request'])
  })

  it('refuses a write of another site, or without a key', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect(typeOf(await ask('write', { ...as('anne'), body, headers }))).toEqual([403, 'cross-site'])
    for (const key of ['short', 'with spaces in the key', 'x'.repeat(65)])
      expect(typeOf(await ask('write', { ...as('anne'), body, key }))).toEqual([400, 'idempotency-key-missing'])
  })

  it('refuses a write that was to be done by somebody else than who is signed in', async () => {
    const of = (person: string) => ({ ...as('anne'), body, headers: { 'preau-person': person } })
    const before = runs
    expect(typeOf(await ask('write', of('somebody-else')))).toEqual([403, 'another-person'])
    expect(runs).toBe(before)
    expect((await ask('write', of(String(as('anne').as?.person)))).status).toBe(201)
    // Reads are of whoever asks.
    const read = await ask('read', { ...as('anne'), ...inSchool, headers: { 'preau-person': 'somebody-else' } })
    expect(read.status).toBe(200)
  })

  it('answers a repeat without running the route again, and refuses its key for another body', async () => {
    const key = 'a-key-of-sixteen-characters'
    const first = await ask('write', { ...as('anne'), body, key })
    const before = runs
    const second = await ask('write', { ...as('anne'), body, key })
    expect([first.status, second.status, second.body, runs]).toEqual([201, 201, first.body, before])
    const other = await ask('write', { ...as('anne'), body: { ...body, age: 13 }, key })
    expect(typeOf(other)).toEqual([409, 'idempotency-key-reused'])
  })

  it('answers a write that is refused for what the same write has done at the same moment as that one', async () => {
    const key = 'a-key-that-two-tabs-have-sent'
    let twin: unknown
    meanwhile = async () => {
      twin = (await ask('write', { ...as('anne'), body, key })).body
    }
    const reply = await ask('write', { ...as('anne'), body, key })
    expect([reply.status, reply.body]).toEqual([201, twin])
    // Another write is no reason.
    meanwhile = () => ask('write', { ...as('anne'), body })
    expect(typeOf(await ask('write', { ...as('anne'), body }))).toEqual([409, 'conflict'])
    // Nor is one of a session that is not there any more: it is told nothing.
    meanwhile = async () => {
      await ask('write', { ...as('marc'), body, key })
      const { person = '', session = '' } = school.callers.marc ?? {}
      await openItems(db).remove(platformPatterns.callerSession, { person, session })
    }
    expect(typeOf(await ask('write', { ...as('marc'), body, key }))).toEqual([409, 'conflict'])
  })

  it('gives a shared read an ETag and the edge its times', async () => {
    const params = { audience: 'x' }
    const first = await ask('share', { params })
    expect(first.headers['cache-control']).toBe('max-age=3, stale-while-revalidate=30, stale-if-error=86400')
    const etag = first.headers.etag ?? ''
    // CloudFront weakens it where it compresses.
    for (const held of [etag, `W/${etag}`, `"other", W/${etag}`, '*']) {
      const again = await ask('share', { params, headers: { 'if-none-match': held } })
      expect([held, again.status, again.raw]).toEqual([held, 304, ''])
    }
    const other = await ask('share', { params, headers: { 'if-none-match': `"x${etag.slice(1)}` } })
    expect(other.status).toBe(200)
  })

  it('answers an expected failure with its problem document, an unhandled error with one without internals', async () => {
    expect(typeOf(await ask('read', { ...as('anne'), ...inSchool, query: { size: 'l' } }))).toEqual([404, 'not-found'])
    thrown = new Error('Léa’s password is x')
    const unhandled = await ask('read', { ...as('anne'), ...inSchool })
    expect(typeOf(unhandled)).toEqual([500, 'unexpected'])
    thrown.name = 'ThrottlingException'
    const busy = await ask('read', { ...as('anne'), ...inSchool })
    expect([...typeOf(busy), busy.headers['retry-after']]).toEqual([503, 'unavailable', '2'])
    thrown = undefined
    expect(unhandled.raw + JSON.stringify(platform.lines)).not.toContain('password is')
    expect(unhandled.body.instance).toBe(`urn:preau:request:${unhandled.headers['x-request-id']}`)
  })

  it('does a repeatable write each time, without a key, a stored answer or a transaction', async () => {
    const before = runs
    const headers = { 'idempotency-key': 'a-key-of-sixteen-characters' }
    for (const more of [{}, { headers }, { headers }]) {
      const reply = await ask('repeat', { ...as('anne'), ...more })
      expect([reply.status, reply.body.name]).toEqual([200, 'body caller client now params query related requestId'])
    }
    expect(runs).toBe(before + 3)
    expect(typeOf(await ask('repeat', { ...as('anne'), headers: { 'sec-fetch-site': 'cross-site' } }))).toEqual([
      403,
      'cross-site',
    ])
    expect(typeOf(await ask('repeat'))).toEqual([401, 'signed-out'])
  })

  it('compresses a private reply of some length for who takes that, and no other', async () => {
    const read = (size: 's' | 'xl', accept?: string) =>
      ask('read', { ...as('anne'), ...inSchool, query: { size }, headers: accept ? { 'accept-encoding': accept } : {} })
    const plain = await read('xl')
    expect([plain.headers['content-encoding'], plain.headers.vary]).toEqual([undefined, 'accept-encoding'])
    const packed = await read('xl', 'br, gzip;q=0.8')
    expect([packed.headers['content-encoding'], packed.body]).toEqual(['gzip', plain.body])
    expect(packed.sent).toBeLessThan(plain.sent / 10)
    for (const [size, accept] of [
      ['s', 'gzip'],
      ['xl', 'gzip;q=0, br'],
    ] as const)
      expect((await read(size, accept)).headers['content-encoding']).toBeUndefined()
    const shared = await ask('share', { params: { audience: 'x' }, headers: { 'accept-encoding': 'gzip' } })
    expect(shared.headers.vary).toBeUndefined()
  })

  it('knows no route that is not declared', async () => {
    const unknown = { ...declared.routes.read, path: '/api/schools/{uai}/other' }
    expect(typeOf(await call(handler, platform, unknown, { ...as('anne'), ...inSchool }))).toEqual([404, 'not-found'])
  })
})
