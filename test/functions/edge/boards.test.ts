import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import { type Signed, signToken } from '../../../functions/platform/token.ts'
import { boardPath, EdgeMe, edgeMePath, indexPath } from '../../../shared/kernel/board.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { assertProperty } from '../../support/property.ts'
import { loss, shardOf } from './losses.ts'
import { storeOf, type ViewerRequest, viewer } from './viewer.ts'

const made = Date.parse('2026-03-16T08:00:00.000Z') / 1000
const [hour, minute] = [3600, 60]
const kids = { k1: 'a-secret-of-the-first-key' }
const keys: KeysItem = { signing: [{ kid: 'k1', secret: kids.k1, since: '-' }], refresh: '-', edge: '-' }
const [college, ecole] = ['0750001A', '0750002B']
const [classOf, adults] = ['0123456789ab', 'bcdefghjkmnp']
const signed: Signed = {
  person: randomId(16),
  session: randomId(20),
  roles: [
    { uai: college, role: 'guardian' },
    { uai: ecole, role: 'teacher' },
  ],
  audiences: [
    { id: classOf, uai: college },
    { id: adults, uai: ecole },
  ],
  access: '-',
  end: made + 30 * 24 * hour,
}
const ofClass = boardPath(classOf, 'news.1.0123456789abc')
const ofEcole = boardPath(adults, 'news-text.12.0123456789abc')

type Asking = Partial<ViewerRequest> & { after?: number; of?: Partial<Signed> }

/** Asks as the holder of a token made at `made`, `after` seconds later, of a store with these entries. */
const asking = (entries: Record<string, string> = {}, fails: (key: string) => boolean = () => false) => {
  const clock = { now: made }
  const store = { ...storeOf({ ...kids, ...entries }), fails }
  const view = viewer(store, () => clock.now * 1000)
  const ask = async (uri: string, { after = 1, of = {}, ...change }: Asking = {}) => {
    clock.now = made + after
    const value = signToken({ ...signed, ...of }, keys, new Date(made * 1000))
    const { request, reply } = await view({ uri, cookies: { '__Host-preau': { value } }, ...change })
    const body = reply ? JSON.parse(reply.body.data) : undefined
    const type = reply && (reply.statusCode === 200 ? 'ok' : body.type.replace('/api/problems/', ''))
    return { request, reply, body, seen: reply ? `${reply.statusCode} ${type}` : 'passed' }
  }
  return { ask, store }
}
const seenOf = async (uri: string, entries: Record<string, string> = {}, how: Asking = {}) =>
  (await asking(entries).ask(uri, how)).seen

describe('handler() of a board', () => {
  it('lets whoever holds the audience through to the bucket, without query, cookie and token', async () => {
    const { request } = await asking().ask(ofClass, {
      querystring: { list: { value: 'x' }, v: { value: '1' } },
      headers: { authorization: { value: 'x' }, 'accept-encoding': { value: 'gzip, deflate, br, zstd' } },
    })
    expect(request).toEqual({
      method: 'GET',
      uri: ofClass,
      querystring: {},
      headers: { host: { value: 'ent.example' }, 'accept-encoding': { value: 'br' } },
      cookies: {},
    })
  })

  it.each<[string | undefined, string]>([
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip, br; q=0.000', 'gzip'],
    ['gzip', 'gzip'],
    ['brotli', 'gzip'],
    ['identity', 'gzip'],
    [undefined, 'gzip'],
  ])('asks for one of two encodings where the viewer accepts %s: %s', async (accepted, encoding) => {
    const headers: ViewerRequest['headers'] = {}
    if (accepted !== undefined) headers['accept-encoding'] = { value: accepted }
    // Shared reads of the API too: the edge keeps a copy for each encoding.
    for (const uri of [ofClass, `/api/audiences/${classOf}/news`]) {
      const { request } = await asking().ask(uri, { headers: { ...headers } })
      expect(request?.headers['accept-encoding']).toEqual({ value: encoding })
    }
  })

  it.each([
    '/boards/',
    '/boards/you',
    `/boards/${classOf}`,
    `/boards/${classOf}/`,
    `/boards/${classOf}/news`,
    `/boards/${classOf}/news.0.0123456789abc`,
    `/boards/${classOf}/news.1.0123456789ab`,
    `/boards/${classOf}/news.1.0123456789abcd`,
    `/boards/${classOf}/news.1.0123456789abu`,
    `/boards/${classOf}/news-a-b.1.0123456789abc`,
    `/boards/${classOf}/news.1.0123456789abc/x`,
    `/Boards/${classOf}/news.1.0123456789abc`,
    `/boards/index.1/${college}`,
    `/boards/index.1/${college}/everybody`,
    `/boards/index.1/${college}/guardians/x`,
    `/boards/index/${college}/guardians`,
    `/boards/ME`,
  ])('finds nothing at %s', async uri => {
    expect(await seenOf(uri)).toBe('404 not-found')
  })

  it('is for reading only', async () => {
    for (const uri of [ofClass, edgeMePath, indexPath(college, 'guardians')])
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
        expect(await seenOf(uri, {}, { method })).toBe('404 not-found')
    expect(await seenOf(ofClass, {}, { method: 'HEAD' })).toBe('passed')
  })

  it('is readable for 72 hours, while the API’s reads end after 15 minutes', async () => {
    for (const uri of [ofClass, indexPath(college, 'guardians'), edgeMePath]) {
      const good = uri === edgeMePath ? '200 ok' : 'passed'
      expect(await seenOf(uri, {}, { after: 72 * hour - 1 })).toBe(good)
      expect(await seenOf(uri, {}, { after: 72 * hour })).toBe('401 session-stale')
    }
    const news = `/api/audiences/${classOf}/news`
    expect(await seenOf(news, {}, { after: 15 * minute - 1 })).toBe('passed')
    expect(await seenOf(news, {}, { after: 15 * minute })).toBe('401 session-stale')
  })

  it('is not readable after the end of the session', async () => {
    const of = { end: made + 12 * hour }
    expect(await seenOf(ofClass, {}, { of, after: 12 * hour - 1 })).toBe('passed')
    expect(await seenOf(ofClass, {}, { of, after: 12 * hour })).toBe('401 session-stale')
  })

  it('has its index for roles held in that school', async () => {
    expect(await seenOf(indexPath(college, 'guardians'))).toBe('passed')
    expect(await seenOf('/boards/index.2/0750002B/staff')).toBe('passed')
    for (const [uai, role] of [
      [college, 'staff'],
      [college, 'pupils'],
      [ecole, 'guardians'],
      ['0750003C', 'guardians'],
    ] as const)
      expect(await seenOf(indexPath(uai, role))).toBe('403 not-allowed')
  })

  it('needs three reads of the store, of which one is the list of losses', async () => {
    const { ask, store } = asking()
    await ask(ofClass, { after: hour })
    expect(store.asked).toEqual(['k1', shardOf(signed.person), `s${college}`])
  })
})

describe('handler() of a lost access', () => {
  const lost = (...entries: string[]) => ({ [shardOf(signed.person)]: entries.join('') })
  const others = () => loss(randomId(16), made + 5)

  it('refuses tokens made until then, of the person or of the session alone, on every guarded path', async () => {
    for (const uri of [ofClass, edgeMePath, indexPath(college, 'guardians'), `/api/audiences/${classOf}/news`])
      for (const id of [signed.person, signed.session]) {
        expect(await seenOf(uri, lost(others(), loss(id, made), others()))).toBe('401 session-stale')
        expect(await seenOf(uri, lost(others(), loss(id, made - 1), others()))).not.toBe('401 session-stale')
      }
  })

  it('is found wherever it stands in its shard, and nothing else is taken for it', async () => {
    const entry = fc.record({
      mine: fc.constantFrom('person' as const, 'session' as const, undefined),
      at: fc.integer({ min: -100, max: 100 }),
    })
    await assertProperty(
      fc.asyncProperty(fc.array(entry, { maxLength: 70 }), async entries => {
        const value = entries.map(({ mine, at }) => loss(mine ? signed[mine] : randomId(16), made + at)).join('')
        const isLost = entries.some(({ mine, at }) => mine && at >= 0)
        const shard = value ? { [shardOf(signed.person)]: value } : {}
        expect(await seenOf(ofClass, shard)).toBe(isLost ? '401 session-stale' : 'passed')
      }),
      { short: 100, long: 2_000 },
    )
  })

  it('is compared entry by entry, not at any place of the text', async () => {
    // The entry begins in the middle of another one.
    const value = `zzzz${loss(signed.person, made + 5)}zzzzzzzzz`
    expect(await seenOf(ofClass, { [shardOf(signed.person)]: value })).toBe('passed')
  })

  it('by a school’s mark refuses older tokens once they are past 15 minutes, for what is that school’s', async () => {
    const marked = (at: number) => ({ [`s${college}`]: String(at) })
    expect(await seenOf(ofClass, marked(made), { after: 15 * minute - 1 })).toBe('passed')
    expect(await seenOf(ofClass, marked(made), { after: 15 * minute })).toBe('401 session-stale')
    expect(await seenOf(ofClass, marked(made - 1), { after: hour })).toBe('passed')
    expect(await seenOf(indexPath(college, 'guardians'), marked(made), { after: hour })).toBe('401 session-stale')
    expect(await seenOf(edgeMePath, marked(made), { after: hour })).toBe('401 session-stale')
    expect(await seenOf(ofEcole, marked(made), { after: hour })).toBe('passed')
  })
})

describe('handler() with a key-value store that fails', () => {
  it.each<[string, (key: string) => boolean]>([
    ['altogether', () => true],
    ['for the signing key', key => key.startsWith('k')],
    ['for the losses', key => key.startsWith('x')],
    ['for the school’s mark', key => key.startsWith('s')],
  ])('%s answers 503 and signs nobody out', async (_, fails) => {
    for (const uri of [ofClass, edgeMePath, indexPath(college, 'guardians')]) {
      const { reply, seen, body } = await asking({}, fails).ask(uri, { after: hour })
      expect(seen).toBe('503 unavailable')
      expect(reply?.headers['retry-after']).toEqual({ value: '2' })
      expect(body).toMatchObject({ status: 503, retryAfter: 2 })
    }
  })

  it('tells a key that is not there, 401', async () => {
    const { seen } = await asking({ k1: '' }).ask(ofClass)
    expect(seen).toBe('401 signed-out')
    const without = asking()
    delete without.store.entries.k1
    expect((await without.ask(ofClass)).seen).toBe('401 signed-out')
  })
})

describe('handler() of /boards/me', () => {
  it('says who one is, by the token alone', async () => {
    const { reply, body } = await asking().ask(edgeMePath, { after: 2 * hour })
    expect(EdgeMe.parse(body)).toEqual(body)
    expect(body).toEqual({
      person: signed.person,
      schools: [
        { uai: college, roles: ['guardian'], audiences: [classOf] },
        { uai: ecole, roles: ['teacher'], audiences: [adults] },
      ],
      expiresAt: made + 15 * minute,
      readableUntil: made + 72 * hour,
      now: made + 2 * hour,
    })
    expect(reply?.headers).toMatchObject({
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
    })
  })

  it('says roles in the territory, the end of a short session, and that there is no school', async () => {
    const of: Partial<Signed> = { roles: [], audiences: [], territoryRoles: ['operator'], end: made + hour }
    const { body } = await asking().ask(edgeMePath, { of })
    expect(EdgeMe.parse(body)).toMatchObject({ schools: [], territoryRoles: ['operator'], readableUntil: made + hour })
  })

  it('is 401 for whoever is signed out', async () => {
    expect(await seenOf(edgeMePath, {}, { cookies: {} })).toBe('401 signed-out')
  })

  it('reads the marks of three schools at most', async () => {
    const roles = ['1', '2', '3', '4'].map(digit => ({ uai: `075000${digit}A`, role: 'head' as const }))
    const { ask, store } = asking()
    expect((await ask(edgeMePath, { of: { roles, audiences: [] }, after: hour })).body.schools).toHaveLength(4)
    expect(store.asked.filter(key => key.startsWith('s'))).toHaveLength(3)
  })
})
