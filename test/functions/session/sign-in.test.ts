import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessCookie } from '../../../functions/platform/caller.ts'
import { verifyToken } from '../../../functions/platform/token.ts'
import { type Fixture, jar, openFixture, password } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.db.close())

const body = (change = {}) => ({ login: 'lea.test', password, personalDevice: true, ...change })
const signIn = (change = {}, options = {}) => fixture.call('signIn', { body: body(change), ...options })
const flags = (cookie: string | undefined) => (cookie ?? '').split('; ').slice(1)

describe('signIn()', () => {
  it('gives who one is and the cookies of a session', async () => {
    const reply = await signIn()
    expect(reply.status).toBe(201)
    expect(reply.body.person).toMatchObject({ givenName: 'Léa', login: 'lea.test' })
    expect(reply.body.expiresAt).toBe('2026-03-16T08:15:00.000Z')
    expect(reply.headers['cache-control']).toBe('no-store')
    const [access, refresh, device] = reply.cookies
    expect(flags(access)).toEqual(['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Max-Age=2592000'])
    expect(flags(refresh)).toEqual(['Path=/api/session', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Max-Age=2592000'])
    expect(flags(device)).toContain('Path=/api')
    const token = access?.slice(accessCookie.length + 1).split(';')[0] ?? ''
    const lea = fixture.school.people.lea
    expect(verifyToken(token, fixture.platform.secrets, fixture.clock.now)).toMatchObject({
      state: 'good',
      caller: { person: lea?.id, access: lea?.access, roles: lea?.roles },
    })
  })

  it('keeps no cookie after the browser on a shared device', async () => {
    const reply = await signIn({ personalDevice: false })
    for (const cookie of reply.cookies) expect(cookie).not.toContain('Max-Age')
  })

  it.each(['  LEA.Test ', 'Léa.test', 'lea .\u00a0test', '\u200blea.test\ufeff'])(
    'takes the login %j as the one it stands for',
    async login => {
      expect((await signIn({ login })).status).toBe(201)
    },
  )

  it('answers an unknown login, a wrong password and an account not activated alike', async () => {
    const replies = await Promise.all([
      signIn({ login: 'nobody.test' }),
      signIn({ password: 'cinq chevaux sans bride' }),
      signIn({ login: 'tom.test' }),
      // What can be no login: nothing that is seen, one letter, more letters than a key of the table has room for.
      signIn({ login: '\u200b' }),
      signIn({ login: 'l' }),
      signIn({ login: '\ufdfa'.repeat(200) }),
    ])
    for (const reply of replies) {
      expect(reply.status).toBe(401)
      expect(reply.body.type).toBe('/api/problems/wrong-credentials')
      expect(reply.cookies).toEqual([])
    }
  })

  it('tells a suspended account only to who knows its password', async () => {
    await fixture.change('paul', { status: 'suspended' })
    const wrong = await signIn({ login: 'paul.test', password: 'cinq chevaux sans bride' })
    expect(wrong.body.type).toBe('/api/problems/wrong-credentials')
    const right = await signIn({ login: 'paul.test' })
    expect([right.status, right.body.type]).toEqual([403, '/api/problems/account-suspended'])
    expect(right.cookies).toEqual([])
  })

  it('finds the same session for a repeat, also a concurrent one', async () => {
    const key = 'a-key-of-sixteen-characters'
    const replies = await Promise.all([1, 2, 3].map(() => signIn({ login: 'ines.test' }, { key })))
    expect(replies.map(reply => reply.status)).toEqual([201, 201, 201])
    const later = await signIn({ login: 'ines.test' }, { key })
    expect(new Set([...replies, later].map(reply => jar(reply)[1])).size).toBe(1)
    const list = await fixture.call('devices', { cookies: jar(later) })
    expect(list.body.items).toHaveLength(2) // the seeded one, and this one
    expect(list.body.items[0]).toMatchObject({ label: 'Firefox, Linux', current: true })
  })

  it('tells nothing of the inside in its log', async () => {
    const text = JSON.stringify(fixture.platform.lines)
    for (const secret of ['lea.test', 'Léa', password, '192.0.2.1']) expect(text).not.toContain(secret)
  })

  it('gives a guardian of children in two schools one account that tells both', async () => {
    const reply = await signIn({ login: 'sophie.test' })
    expect(reply.body.schools).toHaveLength(2)
    expect(reply.body.children.map((child: { givenName: string }) => child.givenName).sort()).toEqual(['Jules', 'Léa'])
    const children = new Set(reply.body.audiences.flatMap((one: { children: string[] }) => one.children))
    expect(children.size).toBe(2)
  })
})
