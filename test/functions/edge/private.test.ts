import { describe, expect, it } from 'vitest'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import { type Signed, signToken } from '../../../functions/platform/token.ts'
import { contracts } from '../../../shared/features.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { isCached, isWriting, type Route } from '../../../shared/kernel/route.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { loss, shardOf } from './losses.ts'
import { storeOf, type ViewerRequest, viewer } from './viewer.ts'

const made = Date.parse('2026-03-16T08:00:00.000Z') / 1000
const minute = 60
const secrets = { k1: 'a-secret-of-the-first-key' }
const keys: KeysItem = { signing: [{ kid: 'k1', secret: secrets.k1, since: '-' }], refresh: '-', edge: '-' }
const signed: Signed = {
  person: randomId(16),
  session: randomId(20),
  roles: [{ uai: '0750001A', role: 'teacher' }],
  audiences: [{ id: '0123456789ab', uai: '0750001A' }],
  access: '-',
  end: made + 30 * 24 * 60 * minute,
}
const token = signToken(signed, keys, new Date(made * 1000))
const lost = { [shardOf(signed.person)]: loss(signed.person, made) }

type Asking = Partial<ViewerRequest> & { readonly after?: number; readonly fails?: (key: string) => boolean }

/** What the edge does with a request for a path by the holder of the token, `after` seconds after it was made. */
const ask = async (uri: string, entries: Record<string, string>, { after = 1, fails, ...change }: Asking = {}) => {
  const store = { ...storeOf({ ...secrets, ...entries }), ...(fails && { fails }) }
  const cookies = { '__Host-preau': { value: token }, '__Secure-preau-device': { value: 'x' } }
  const { request, reply } = await viewer(store, () => (made + after) * 1000)({ uri, cookies, ...change })
  const type = reply && JSON.parse(reply.body.data).type.replace('/api/problems/', '')
  return { request, seen: reply ? `${reply.statusCode} ${type}` : 'passed', asked: store.asked }
}

const routes = contracts.flatMap(contract => Object.values<Route>(contract.routes))
const addressOf = ({ path }: Route) => path.replace(/\{\w+\}/g, '01abc')
const reads = routes.filter(route => !isCached(route) && !isWriting(route))
const ofAnyone = reads.filter(({ callers }) => callers === 'anyone')
const { me } = sessionContract.routes

describe('handler() of a private read', () => {
  it('is refused to whoever lost access since their token was made, whatever they ask for', async () => {
    const ofPeople = reads.filter(route => !ofAnyone.includes(route))
    expect(ofPeople.length).toBeGreaterThan(20)
    for (const route of ofPeople) {
      for (const method of ['GET', 'HEAD'])
        expect((await ask(addressOf(route), lost, { method })).seen, route.path).toBe('401 session-stale')
      expect((await ask(addressOf(route), {})).seen, route.path).toBe('passed')
    }
  })

  it('is refused in the session that was ended, and in no other one', async () => {
    const ended = (session: string) => ({ [shardOf(signed.person)]: loss(session, made) })
    expect((await ask(me.path, ended(signed.session))).seen).toBe('401 session-stale')
    expect((await ask(me.path, ended(randomId(20)))).seen).toBe('passed')
  })

  it('reaches the API as it was sent, after two reads of the store', async () => {
    const querystring = { cursor: { value: 'Rg' }, other: { value: 'b' } }
    const { request, asked } = await ask('/api/news/mine', {}, { querystring })
    expect(request).toMatchObject({ uri: '/api/news/mine', querystring })
    expect(Object.keys(request?.cookies ?? {})).toEqual(['__Host-preau', '__Secure-preau-device'])
    expect(request?.headers['x-preau-client']).toEqual({ value: '192.0.2.44' })
    expect(asked).toEqual(['k1', shardOf(signed.person)])
  })

  it('is left to the API of whoever is signed out, and of anyone where anyone may ask', async () => {
    const signedOut = await ask(me.path, lost, { cookies: {} })
    expect([signedOut.seen, signedOut.asked]).toEqual(['passed', []])
    expect(ofAnyone.length).toBeGreaterThan(0)
    for (const path of [...ofAnyone.map(addressOf), '/api/public/facts', '/api/openapi.json']) {
      const { seen, asked } = await ask(path, lost)
      expect([path, seen, asked]).toEqual([path, 'passed', []])
    }
  })

  it('is not refused where it is a write: its transaction does that', async () => {
    for (const route of routes.filter(isWriting)) {
      const { seen, asked } = await ask(addressOf(route), lost, { method: route.method })
      expect([route.path, seen, asked]).toEqual([route.path, 'passed', []])
    }
  })

  it('needs a token that is good for the API, and no other cookie of its name', async () => {
    expect((await ask(me.path, {}, { after: 15 * minute - 1 })).seen).toBe('passed')
    expect((await ask(me.path, {}, { after: 15 * minute })).seen).toBe('401 session-stale')
    for (const value of ['', 'x', `${token} `, `${token}x`])
      expect((await ask(me.path, {}, { cookies: { '__Host-preau': { value } } })).seen).toBe('401 signed-out')
    const two = { value: token, multiValue: [{ value: token }, { value: 'x' }] }
    expect((await ask(me.path, lost, { cookies: { '__Host-preau': two } })).seen).toBe('401 signed-out')
  })

  it('is answered with 503 while the store fails, and signs nobody out', async () => {
    for (const letter of ['k', 'x'])
      expect((await ask(me.path, {}, { fails: key => key.startsWith(letter) })).seen).toBe('503 unavailable')
  })
})
