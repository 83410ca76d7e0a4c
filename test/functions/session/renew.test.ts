import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accessCookie } from '../../../functions/platform/caller.ts'
import { verifyToken } from '../../../functions/platform/token.ts'
import { tokenFor } from '../../../functions/session/grant.ts'
import { audience, ecole } from '../../support/school.ts'
import { type Fixture, jar, openFixture, password } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(() => fixture.db.close())

const signIn = (personalDevice = true) =>
  fixture.call('signIn', { body: { login: 'lea.test', password, personalDevice } })
const renew = (cookies: string[], key?: string) => fixture.call('renew', { cookies, ...(key && { key }) })
const later = (minutes: number) => {
  fixture.clock.now = new Date(fixture.clock.now.getTime() + minutes * 60_000)
}
const callerOf = (cookies: string[]) =>
  verifyToken((cookies[0] ?? '').slice(accessCookie.length + 1), fixture.platform.secrets, fixture.clock.now)
const clears = (cookies: string[]) => cookies.every(cookie => cookie.includes('=; ') && cookie.includes('Max-Age=0'))

describe('renew()', () => {
  it('rotates the refresh token and signs a new token when the old one has expired', async () => {
    const first = jar(await signIn())
    later(20)
    expect((await fixture.call('me', { cookies: first })).body.type).toBe('/api/problems/session-stale')
    const reply = await renew(first)
    expect(reply.status).toBe(200)
    expect(jar(reply)[1]).not.toBe(first[1])
    expect((await fixture.call('me', { cookies: jar(reply) })).body.expiresAt).toBe('2026-03-16T08:35:00.000Z')
  })

  it('ends the session when a refresh token is presented twice', async () => {
    const first = jar(await signIn())
    const second = jar(await renew(first))
    later(11 / 60)
    const stolen = await renew(first)
    expect([stolen.status, stolen.body.type]).toEqual([401, '/api/problems/session-ended'])
    expect(clears(stolen.cookies)).toBe(true)
    expect((await renew(second)).body.type).toBe('/api/problems/session-ended')
  })

  it('takes of two refresh cookies that of the token’s session: a neighbouring host may have planted the other', async () => {
    let own = jar(await signIn())
    const body = { login: 'paul.test', password, personalDevice: true }
    const planted = jar(await fixture.call('signIn', { body }))[1] ?? ''
    for (const place of [0, 1, 2]) {
      later(20)
      const reply = await renew(own.toSpliced(place, 0, planted))
      expect([reply.status, reply.body.person?.login]).toEqual([200, 'lea.test'])
      own = jar(reply)
    }
    const [, refresh = ''] = own
    // Neither of them without a token, which no other host can plant, nor of two of one session.
    for (const cookies of [
      [planted, refresh],
      [...own, `${refresh}x`],
    ])
      expect((await renew(cookies)).body.type).toBe('/api/problems/session-ended')
    expect((await renew(own)).status).toBe(200)
  })

  it('gives a lost reply again under its key, also to concurrent repeats', async () => {
    const first = jar(await signIn())
    const key = 'a-renewal-of-sixteen-or-more'
    const replies = await Promise.all([1, 2, 3, 4].map(() => renew(first, key)))
    expect(replies.map(reply => reply.status)).toEqual([200, 200, 200, 200])
    expect(new Set(replies.map(reply => jar(reply)[1])).size).toBe(1)
    const repeat = await renew(first, key)
    expect(jar(repeat)[1]).toBe(jar(replies[0] ?? repeat)[1])
    expect((await renew(jar(repeat))).status).toBe(200)
    expect((await renew(first, key)).status).toBe(401) // two rotations back: no lost reply
  })

  it('gives concurrent renewals under different keys one pair: two tabs of a browser without locks', async () => {
    const first = jar(await signIn())
    const replies = await Promise.all([1, 2, 3].map(() => renew(first)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(replies.map(reply => jar(reply)[1])).size).toBe(1)
    later(9 / 60)
    const late = jar(await renew(first))
    expect(late[1]).toBe(jar(replies[0] ?? (await renew(first)))[1])
    expect((await renew(late)).status).toBe(200)
    // Two rotations back, it is no tab's, however soon.
    expect((await renew(first)).status).toBe(401)
    expect((await renew(late)).status).toBe(401)
  })

  it('does not end a session for somebody who only knows its id', async () => {
    const first = jar(await signIn())
    const [name, value = ''] = (first[1] ?? '').split('=')
    const forged = `${name}=${value.slice(0, -43)}${'A'.repeat(43)}`
    expect((await renew([forged])).status).toBe(401)
    expect((await renew(['__Secure-preau-renew=rubbish'])).status).toBe(401)
    expect((await renew([])).status).toBe(401)
    expect((await renew(first)).status).toBe(200)
  })

  it('says what the directory says now', async () => {
    const first = jar(await signIn())
    const moved = { id: audience('pupils', ecole), kind: 'pupils' as const, uai: ecole, label: 'École' }
    await fixture.change('lea', { audiences: [moved], access: 'another-access' })
    const write = await fixture.call('updateMe', { cookies: first, body: { language: 'fr' } })
    expect(write.body.type).toBe('/api/problems/session-stale')
    const reply = await renew(first)
    expect(reply.body.audiences).toEqual([moved])
    expect(callerOf(jar(reply))).toMatchObject({ caller: { audiences: [moved.id], access: 'another-access' } })
    expect((await fixture.call('updateMe', { cookies: jar(reply), body: { language: 'fr' } })).status).toBe(200)
  })

  it('refuses a suspended person and clears the cookies; writes were refused before', async () => {
    const first = jar(await signIn())
    await fixture.change('lea', { status: 'suspended' })
    expect((await fixture.call('updateMe', { cookies: first, body: { language: 'fr' } })).status).toBe(401)
    const reply = await renew(first)
    expect([reply.status, reply.body.type]).toEqual([403, '/api/problems/account-suspended'])
    expect(clears(reply.cookies)).toBe(true)
  })

  it('ends 12 hours after sign-in on a shared device', async () => {
    let cookies = jar(await signIn(false))
    later(11 * 60)
    cookies = jar(await renew(cookies))
    later(61)
    expect((await renew(cookies)).body.type).toBe('/api/problems/session-ended')
  })

  it('ends after 30 days unused, and after 60 in any case, on a personal device', async () => {
    const unused = jar(await signIn())
    let used = jar(await signIn())
    for (let day = 0; day < 59; day += 29) {
      later(29 * 24 * 60)
      const reply = await renew(used)
      if (day < 58) used = jar(reply)
      else expect(reply.status).toBe(401)
    }
    expect((await renew(unused)).status).toBe(401)
  })
})

describe('tokenFor()', () => {
  it('stays within a cookie of 4,096 bytes, however many audiences', () => {
    const lea = fixture.school.people.lea
    if (!lea) throw new Error('no lea')
    const audiences = Array.from({ length: 400 }, (_, at) => ({
      id: `audience${String(at).padStart(4, '0')}`,
      kind: 'class' as const,
      uai: ecole,
      label: '-',
    }))
    const sizeOf = (count: number) => {
      const person = { ...lea, audiences: audiences.slice(0, count) }
      const session = { session: 's'.repeat(20), expiresAt: 2_000_000_000 }
      const { token, audiences: kept } = tokenFor(person, session, fixture.platform.secrets, fixture.clock.now)
      const verified = verifyToken(token, fixture.platform.secrets, fixture.clock.now)
      if (!('caller' in verified)) throw new Error(verified.state)
      expect(verified.caller.audiences).toEqual(kept)
      return { bytes: accessCookie.length + 1 + token.length, kept: kept.length }
    }
    expect(sizeOf(150).kept).toBe(150)
    expect(sizeOf(400).bytes).toBeLessThan(4096)
    expect(sizeOf(400).kept).toBeGreaterThan(190)
  })
})

describe('grant()', () => {
  const held = Array.from({ length: 400 }, (_, at) => ({
    id: String(at).padStart(12, '0'),
    kind: 'class' as const,
    uai: ecole,
    label: '-',
  }))

  it('tells, logs and counts the audiences that do not fit into the token, and tells nobody whose they are', async () => {
    await fixture.change('lea', { audiences: held })
    const reply = await signIn()
    const verified = callerOf(jar(reply))
    if (verified.state !== 'good') throw new Error(verified.state)
    const inToken = verified.caller.audiences.length
    expect(reply.body.audiences).toHaveLength(400)
    expect(reply.body.notInToken).toEqual(held.slice(inToken).map(one => one.id))
    expect((await fixture.call('me', { cookies: jar(reply) })).body.notInToken).toEqual(reply.body.notInToken)
    const lines = fixture.platform.lines.filter(one => one.code === 'SESSION-1')
    expect(lines).toEqual([expect.objectContaining({ fields: { leftOut: 400 - inToken } })])
  })

  it('tells of none where all fit', async () => {
    await fixture.change('lea', { audiences: held.slice(0, 150) })
    const reply = await signIn()
    expect(reply.body.notInToken).toBeUndefined()
    expect(fixture.platform.lines.filter(one => one.code === 'SESSION-1')).toEqual([])
  })

  it('puts the end of the session into the token, which a renewal on a shared device does not lengthen', async () => {
    const endOf = (cookies: string[]) =>
      JSON.parse(Buffer.from(cookies[0]?.split('.')[1] ?? '', 'base64url').toString()).end * 1000
    const start = fixture.clock.now.getTime()
    const shared = jar(await signIn(false))
    const personal = jar(await signIn())
    later(60)
    expect([shared, jar(await renew(shared))].map(endOf)).toEqual(Array(2).fill(start + 12 * 3_600_000))
    expect(endOf(jar(await renew(personal))) - endOf(personal)).toBe(3_600_000)
  })
})
