import { scryptSync } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { sessionHandler } from '../../../functions/session/handler.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { type Called, call } from '../../support/call.ts'
import { assertProperty } from '../../support/property.ts'
import { type Fixture, jar, openFixture, password } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.db.close())
beforeEach(async () => {
  // A hash of little cost, since what is proved here is not how long a password takes.
  const hash = scryptSync(password, 'salt', 32, { N: 16, r: 1, p: 1 }).toString('base64url')
  const stored = `scrypt$16$1$1$${Buffer.from('salt').toString('base64url')}$${hash}`
  const lea = await fixture.account('lea')
  const person = lea?.person ?? ''
  await fixture.items.put(accountPatterns.account, { person }, { ...lea, person, password: stored })
  for (const { session } of await fixture.platform.table.all(sessionPatterns.sessions, { person }))
    await fixture.items.remove(sessionPatterns.session, { person, session })
})

const next = 'trois poules sur un mur'
const key = (of: string | number) => `a-key-of-sixteen-characters-${of}`
const signIn = (of: string | number, change = {}) =>
  fixture.call('signIn', { body: { login: 'lea.test', password, personalDevice: true, ...change }, key: key(of) })
const later = (seconds: number) => {
  fixture.clock.now = new Date(fixture.clock.now.getTime() + seconds * 1000)
}
const typeOf = (reply: Called) => [reply.status, reply.body?.type]
/** The id in the refresh cookie that a reply sets; undefined if it sets none or clears it. */
const sessionOf = (reply: Called) => /__Secure-preau-renew=[^.;]+\.([^.;]+)\./.exec(reply.cookies.join(' '))?.[1]
const write = (cookies: string[]) => fixture.call('updateMe', { cookies, body: { language: 'fr' } })
/** What DynamoDB's TTL does, at a time of its own: the items of expired sessions go. */
const collect = async () => {
  const person = fixture.school.people.lea?.id ?? ''
  const live = await fixture.platform.table.all(sessionPatterns.sessions, { person })
  for (const session of [...seen].filter(id => !live.some(one => one.session === id)))
    await fixture.items.remove(sessionPatterns.session, { person, session })
}
const seen = new Set<string>()

describe('a session that has ended', () => {
  it.each<[string, (cookies: string[]) => Promise<unknown>]>([
    ['signed out of', cookies => fixture.call('signOut', { cookies })],
    ['signed out of everywhere', cookies => fixture.call('signOutEverywhere', { cookies })],
    [
      'ended from another device',
      async cookies => {
        const session = cookies[1]?.split('.')[1] ?? ''
        return fixture.call('endDevice', { cookies: jar(await signIn('other')), params: { session } })
      },
    ],
    [
      'ended by a password changed elsewhere and back',
      async () => {
        const own = jar(await signIn('own'))
        await fixture.call('changePassword', { cookies: own, body: { current: password, next } })
        await fixture.call('changePassword', { cookies: own, body: { current: next, next: password } })
      },
    ],
  ])('%s is not begun again by a repeat of its sign-in, nor is anything of it good', async (how, end) => {
    const of = how.replaceAll(' ', '-').slice(0, 30)
    const first = await signIn(of)
    const cookies = jar(first)
    seen.add(sessionOf(first) ?? '')
    await end(cookies)
    for (const wait of [0, 3600]) {
      later(wait)
      await collect()
      const repeat = await signIn(of)
      // A changed password has another hash, even where it is the same one again.
      expect([
        [401, '/api/problems/session-ended'],
        [409, '/api/problems/idempotency-key-reused'],
      ]).toContainEqual(typeOf(repeat))
      expect(sessionOf(repeat)).toBeUndefined()
      expect((await fixture.call('renew', { cookies })).status).toBe(401)
      expect((await write(cookies)).status).toBe(401)
    }
  })

  it('is not revived by a renewal that was under way when it was signed out of', async () => {
    const cookies = jar(await signIn('race'))
    const { table } = fixture.platform
    let isFirst = true
    const platform = {
      ...fixture.platform,
      table: {
        ...table,
        transact: async (...given: Parameters<typeof table.transact>) => {
          if (isFirst) expect((await fixture.call('signOut', { cookies })).status).toBe(204)
          isFirst = false
          return table.transact(...given)
        },
      },
    }
    const reply = await call(sessionHandler(platform), platform, sessionContract.routes.renew, { cookies })
    expect(typeOf(reply)).toEqual([401, '/api/problems/session-ended'])
    expect((await write(cookies)).status).toBe(401)
  })

  it('is not answered again what it was answered: neither stored nor made anew', async () => {
    const cookies = jar(await signIn('answers'))
    const stored = { cookies, key: key('stored'), body: { language: 'fr' } }
    const changed = { cookies, key: key('changed'), body: { current: password, next } }
    for (const [name, options] of [
      ['updateMe', stored],
      ['changePassword', changed],
    ] as const)
      for (let count = 0; count < 2; count++) expect((await fixture.call(name, options)).status).toBe(200)
    await fixture.call('signOut', { cookies })
    expect(typeOf(await fixture.call('updateMe', stored))).toEqual([401, '/api/problems/session-ended'])
    expect(typeOf(await fixture.call('changePassword', changed))).toEqual([401, '/api/problems/session-ended'])
  })

  it('stays ended whatever is done in whatever order', async () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('signIn' as const), of: fc.nat(2) }),
      fc.record({ does: fc.constant('renew' as const), of: fc.nat(5), with: fc.nat(2) }),
      fc.record({
        does: fc.constantFrom('signOut' as const, 'endDevice' as const, 'signOutEverywhere' as const),
        of: fc.nat(5),
      }),
      fc.record({ does: fc.constant('collect' as const), of: fc.nat(900) }),
    )
    let run = 0
    await assertProperty(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async steps => {
        run++
        const ended = new Set<string>()
        const given: { session: string; cookies: string[] }[] = []
        const took = (reply: Called) => {
          const session = sessionOf(reply)
          if (!session) return
          expect(ended.has(session), `${session} was given again`).toBe(false)
          seen.add(session)
          given.push({ session, cookies: jar(reply) })
        }
        for (const one of steps) {
          const chosen = given[one.of % Math.max(1, given.length)]
          if (one.does === 'signIn') took(await signIn(`${run}-${one.of}`))
          else if (one.does === 'collect') {
            later(one.of)
            await collect()
          } else if (!chosen) continue
          else if (one.does === 'renew') {
            const reply = await fixture.call('renew', {
              cookies: chosen.cookies,
              key: key(`${run}-renewal-${one.with}`),
            })
            if (reply.body?.type === '/api/problems/session-ended') ended.add(chosen.session)
            took(reply)
          } else if (one.does === 'endDevice') {
            const other = given.find(({ session }) => session !== chosen.session)
            const params = { session: chosen.session }
            const reply = other && (await fixture.call('endDevice', { cookies: other.cookies, params }))
            if (reply?.status === 204) ended.add(chosen.session)
          } else {
            const { cookies, session } = chosen
            const reply = await fixture.call(one.does, { cookies })
            if (reply.status !== 204) continue
            for (const id of one.does === 'signOut' ? [session] : seen) ended.add(id)
          }
        }
        for (const { session, cookies } of given.filter(one => ended.has(one.session))) {
          expect((await write(cookies)).status, session).toBe(401)
          expect((await fixture.call('renew', { cookies })).status, session).toBe(401)
        }
      }),
      { short: 25, long: 500 },
    )
  })
})

describe('a write whose body is secret', () => {
  const refused = [409, '/api/problems/idempotency-key-reused']

  it('signs in under one key once: another device, login or password is another request', async () => {
    expect((await signIn('once')).status).toBe(201)
    expect(typeOf(await signIn('once', { personalDevice: false }))).toEqual(refused)
    expect((await signIn('once', { password: next })).status).toBe(401)
    const paul = await signIn('once', { login: 'paul.test' })
    expect([paul.status, paul.body.person.login]).toEqual([201, 'paul.test']) // another person's key
    expect((await signIn('once')).status).toBe(201)
  })

  it('changes the password under one key once, one after the other and at the same moment', async () => {
    const cookies = jar(await signIn('changes'))
    const change = (to: string, of: string) =>
      fixture.call('changePassword', { cookies, body: { current: password, next: to }, key: key(of) })
    const replies = await Promise.all([change(next, 'both'), change('quatre poules sur un mur', 'both')])
    expect(replies.map(reply => reply.status).sort()).toEqual([200, 409])
    const chosen = replies[0]?.status === 200 ? next : 'quatre poules sur un mur'
    expect((await change(chosen, 'both')).status).toBe(200)
    expect(typeOf(await change('cinq poules sur un mur', 'both'))).toEqual(refused)
    expect((await signIn('after', { password: chosen })).status).toBe(201)
  })

  it('stores nothing that is made of the body alone', async () => {
    const cookies = jar(await signIn('stores'))
    const body = { current: password, next }
    await fixture.call('changePassword', { cookies, body, key: key('stores-2') })
    const { createHash } = await import('node:crypto')
    const { ScanCommand } = await import('@aws-sdk/client-dynamodb')
    const { Items = [] } = await fixture.db.client.send(new ScanCommand({ TableName: fixture.db.table }))
    const fast = createHash('sha256').update(JSON.stringify(['PUT', '/api/session/password', JSON.stringify(body)]))
    for (const secret of [password, next, fast.digest('base64url')]) expect(JSON.stringify(Items)).not.toContain(secret)
  })
})
