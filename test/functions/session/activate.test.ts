import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountPatterns, codeHash } from '../../../functions/session/accounts.ts'
import { accepted } from '../../support/accepted.ts'
import { code, type Fixture, jar, openFixture, password } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(() => fixture.db.close())

const chosen = 'trois poules sur un mur'
const activate = (change = {}, options = {}) =>
  fixture.call('activate', {
    body: { login: 'tom.test', code, password: chosen, personalDevice: false, ...change },
    ...options,
  })

describe('activate()', () => {
  it('turns a code into an account, signed in, with its e-mail address', async () => {
    const reply = await activate({ code: 'K7PQ 2M9X W4TD', email: 'tom@ent.example' })
    expect(reply.status).toBe(201)
    expect(reply.body.person).toMatchObject({ login: 'tom.test', email: 'tom@ent.example' })
    expect((await fixture.call('me', { cookies: jar(reply) })).status).toBe(200)
    const again = await fixture.call('signIn', {
      body: { login: 'tom.test', password: chosen, personalDevice: false },
    })
    expect(again.status).toBe(201)
    expect(JSON.stringify(await fixture.account('tom'))).not.toContain(chosen)
  })

  it('refuses a wrong code, an unknown login and an expired code alike', async () => {
    const replies = [await activate({ code: 'aaaa-bbbb-cccc' }), await activate({ login: 'nobody.test' })]
    fixture.clock.now = new Date('2026-04-16T08:00:00.000Z')
    replies.push(await activate())
    for (const reply of replies) expect([reply.status, reply.body.type]).toEqual([401, '/api/problems/wrong-code'])
  })

  it('takes a code once: its owner is told to sign in, others that it is wrong', async () => {
    expect((await activate()).status).toBe(201)
    const used = await activate({ password: 'une autre phrase longue' })
    expect([used.status, used.body.type]).toEqual([409, '/api/problems/already-activated'])
    expect((await activate({ code: 'aaaa-bbbb-cccc' })).body.type).toBe('/api/problems/wrong-code')
  })

  it('gives a repeat the same session, and a concurrent other one nothing', async () => {
    const key = 'a-key-of-sixteen-characters'
    const [first, second, other] = await Promise.all([activate({}, { key }), activate({}, { key }), activate()])
    const done = [first, second, other].filter(reply => reply.status === 201)
    const refused = [first, second, other].filter(reply => reply.status !== 201)
    for (const reply of refused) expect(reply.body.type).toBe('/api/problems/already-activated')
    expect(new Set(done.map(reply => jar(reply)[1])).size).toBe(1)
    if (first.status === 201) {
      const later = await activate({}, { key })
      expect(jar(later)[1]).toBe(jar(first)[1])
      expect((await activate({ password: 'une autre phrase longue' }, { key })).status).toBe(409)
    }
  })

  it('refuses a password that is short or common, and keeps the code', async () => {
    const short = await activate({ password: 'onze caract' })
    expect([short.status, short.body.type]).toEqual([422, '/api/problems/password-too-short'])
    const common = await activate({ password: 'Tom.Petit2014' })
    expect([common.status, common.body.type]).toEqual([422, '/api/problems/password-too-common'])
    expect((await activate()).status).toBe(201)
  })

  it('refuses a suspended person, right code or not', async () => {
    await fixture.change('tom', { status: 'suspended' })
    expect((await activate()).body.type).toBe('/api/problems/account-suspended')
    expect((await activate({ code: 'aaaa-bbbb-cccc' })).body.type).toBe('/api/problems/wrong-code')
  })

  it('replaces the password of an active account given a new code, and ends its sessions', async () => {
    const before = await fixture.call('signIn', { body: { login: 'lea.test', password, personalDevice: true } })
    const lea = await fixture.account('lea')
    const person = lea?.person ?? ''
    const given = { codeHash: codeHash(person, code), codeExpiresAt: '2026-04-16T08:00:00.000Z' }
    await fixture.items.put(accountPatterns.account, { person }, { ...lea, ...given })
    const reply = await activate({ login: 'lea.test' })
    expect(reply.status).toBe(201)
    expect((await fixture.call('renew', { cookies: jar(before) })).body.type).toBe('/api/problems/session-ended')
    expect((await accepted(fixture.call('devices', { cookies: jar(reply) }))).body.items).toHaveLength(1)
    const old = await fixture.call('signIn', { body: { login: 'lea.test', password, personalDevice: true } })
    expect(old.status).toBe(401)
  })
})
