import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountPatterns, codeHash } from '../../../functions/session/accounts.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { accepted } from '../../support/accepted.ts'
import { putAll } from '../../support/dynamodb.ts'
import { code, type Fixture, jar, openFixture, password } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(() => fixture.db.close())

const next = 'trois poules sur un mur'
const signIn = (secret = password, agent?: string) =>
  fixture.call('signIn', {
    body: { login: 'lea.test', password: secret, personalDevice: true },
    ...(agent && { headers: { 'user-agent': agent } }),
  })
const renew = (cookies: string[]) => fixture.call('renew', { cookies })

/** Sessions of other devices, written as sign-ins would have. */
const writeSessions = (person: string, sessions: readonly string[], lastSeen = '2026-03-16T07:00:00.000Z') =>
  putAll(
    fixture.db,
    sessions.map(session => ({
      pk: `A#${person}`,
      sk: `SESSION#${session}`,
      session,
      device: 'Web',
      since: lastSeen,
      lastSeen,
      refreshHash: '-',
      rotation: 0,
      personalDevice: true,
      expiresAt: 2_000_000_000,
    })),
  )

describe('changePassword()', () => {
  it('changes the password, ends every other session and keeps this one', async () => {
    const other = jar(await signIn())
    const own = jar(await signIn())
    const reply = await fixture.call('changePassword', { cookies: own, body: { current: password, next } })
    expect([reply.status, reply.body.person?.login]).toEqual([200, 'lea.test'])
    expect((await renew(other)).status).toBe(401)
    expect((await fixture.call('updateMe', { cookies: other, body: { language: 'fr' } })).status).toBe(401)
    expect((await renew(own)).status).toBe(200)
    expect((await signIn()).status).toBe(401)
    expect((await signIn(next)).status).toBe(201)
  })

  it('ends a code that was waiting: whoever holds it chooses no password any more', async () => {
    const account = await fixture.account('lea')
    const person = account?.person ?? ''
    const given = { codeHash: codeHash(person, code), codeExpiresAt: '2026-04-16T08:00:00.000Z' }
    await fixture.items.put(accountPatterns.account, { person }, { ...account, ...given })
    const cookies = jar(await signIn())
    await accepted(fixture.call('changePassword', { cookies, body: { current: password, next } }))
    const body = { login: 'lea.test', code, password: 'un autre que le sien', personalDevice: false }
    const reply = await fixture.call('activate', { body })
    expect([reply.status, reply.body.type]).toEqual([409, '/api/problems/already-activated'])
    expect((await signIn(next)).status).toBe(201)
  })

  it('gives a repeat the first answer', async () => {
    const cookies = jar(await signIn())
    const change = { cookies, body: { current: password, next }, key: 'a-key-of-sixteen-characters' }
    const first = await fixture.call('changePassword', change)
    expect(await fixture.call('changePassword', change)).toMatchObject({ status: 200, body: first.body })
  })

  it('refuses a wrong current password, slowly after ten', async () => {
    const cookies = jar(await signIn())
    const guess = () => fixture.call('changePassword', { cookies, body: { current: 'wrong', next } })
    for (let count = 0; count < 10; count++) expect((await guess()).body.type).toBe('/api/problems/wrong-credentials')
    const slowed = await guess()
    expect([slowed.status, Number(slowed.headers['retry-after'])]).toEqual([429, 15])
    expect((await signIn()).status).toBe(201)
  })

  it('refuses a common password', async () => {
    const cookies = jar(await signIn())
    const reply = await fixture.call('changePassword', { cookies, body: { current: password, next: 'motdepasse1234' } })
    expect([reply.status, reply.body.type]).toEqual([422, '/api/problems/password-too-common'])
  })
})

describe('signOut()', () => {
  it('ends this session only, and clears its cookies', async () => {
    const other = jar(await signIn())
    const own = jar(await signIn())
    const reply = await fixture.call('signOut', { cookies: own })
    expect(reply.status).toBe(204)
    expect(reply.cookies.filter(cookie => cookie.includes('Max-Age=0'))).toHaveLength(2)
    // Texts that the browser keeps, and nothing that waits to be sent.
    expect(reply.headers['clear-site-data']).toBe('"cache"')
    expect((await renew(own)).status).toBe(401)
    expect((await renew(other)).status).toBe(200)
  })

  it('works with an expired token, by the refresh cookie, and for nobody', async () => {
    const own = jar(await signIn())
    fixture.clock.now = new Date(fixture.clock.now.getTime() + 3_600_000)
    expect((await fixture.call('signOut', { cookies: own })).status).toBe(204)
    expect((await renew(own)).status).toBe(401)
    expect((await fixture.call('signOut')).status).toBe(204)
  })

  it('is refused from another site', async () => {
    const own = jar(await signIn())
    const reply = await fixture.call('signOut', { cookies: own, headers: { 'sec-fetch-site': 'cross-site' } })
    expect([reply.status, reply.body.type]).toEqual([403, '/api/problems/cross-site'])
    expect((await renew(own)).status).toBe(200)
  })
})

describe('signOutEverywhere()', () => {
  it('ends every session, and a repeat clears the cookies again', async () => {
    const all = [jar(await signIn()), jar(await signIn()), jar(await signIn())]
    const [own = []] = all
    const key = 'a-key-of-sixteen-characters'
    const reply = await fixture.call('signOutEverywhere', { cookies: own, key })
    const repeat = await fixture.call('signOutEverywhere', { cookies: own, key })
    for (const one of [reply, repeat]) {
      expect(one.status).toBe(204)
      expect(one.cookies[0]).toContain('Max-Age=0')
      expect(one.headers['clear-site-data']).toBe('"cache"')
    }
    for (const cookies of all) {
      expect((await renew(cookies)).status).toBe(401)
      expect((await fixture.call('updateMe', { cookies, body: { language: 'fr' } })).status).toBe(401)
    }
  })
})

describe('however many sessions there are', () => {
  const withCode = async () => {
    const lea = await fixture.account('lea')
    const given = { codeHash: codeHash(lea?.person ?? '', code), codeExpiresAt: '2026-04-16T08:00:00.000Z' }
    await fixture.items.put(accountPatterns.account, { person: lea?.person ?? '' }, { ...lea, ...given })
  }
  const all = (count: number) => Array.from({ length: count }, (_, at) => `s${at}`)

  it.each([91, 190, 191, 400])(
    'ends %i: everywhere, by a change of password, by a code, by who is in charge',
    async count => {
      const id = fixture.school.people.lea?.id ?? ''
      const live = async () =>
        (await fixture.platform.table.all(sessionPatterns.sessions, { person: id })).map(one => one.session)

      const own = jar(await signIn())
      await writeSessions(id, all(count))
      expect((await fixture.call('changePassword', { cookies: own, body: { current: password, next } })).status).toBe(
        200,
      )
      expect(await live()).toHaveLength(1)

      await writeSessions(id, all(count))
      expect((await fixture.call('signOutEverywhere', { cookies: own })).status).toBe(204)
      expect(await live()).toEqual([])

      await writeSessions(id, all(count))
      await withCode()
      const body = { login: 'lea.test', code, password: 'un autre que le sien', personalDevice: false }
      expect((await fixture.call('activate', { body })).status).toBe(201)
      expect(await live()).toHaveLength(1)

      await writeSessions(id, all(count))
      const marc = jar(await fixture.call('signIn', { body: { login: 'marc.test', password, personalDevice: false } }))
      const asked = await fixture.call('endSessionsOf', { cookies: marc, params: { person: id } })
      expect(asked.status).toBe(204)
      expect(await live()).toEqual([])
    },
  )

  it('keeps twenty: one more sign-in ends the one that was used longest ago, and no other', async () => {
    const id = fixture.school.people.lea?.id ?? ''
    const live = async () =>
      (await fixture.platform.table.all(sessionPatterns.sessions, { person: id })).map(one => one.session)
    const seeded = (await live()).length
    const used = (at: number) => new Date(fixture.clock.now.getTime() - at * 60_000).toISOString()
    for (const [at, session] of all(20 - seeded).entries()) await writeSessions(id, [session], used(at + 1))
    const before = await live()
    expect(before).toHaveLength(20)
    const first = jar(await signIn())
    const after = await live()
    expect(after).toHaveLength(20)
    expect(before.filter(one => !after.includes(one))).toEqual([`s${19 - seeded}`])
    for (let count = 0; count < 3; count++) await accepted(signIn())
    expect(await live()).toHaveLength(20)
    expect((await renew(first)).status).toBe(200)
  })

  it('comes down to twenty where an earlier release let there be more', async () => {
    const id = fixture.school.people.lea?.id ?? ''
    await writeSessions(id, all(205), '2026-03-15T08:00:00.000Z')
    const cookies = jar(await signIn())
    expect((await accepted(fixture.call('devices', { cookies }))).body.items).toHaveLength(20)
  })
})

describe('endDevice()', () => {
  const idOf = async (cookies: string[]) =>
    (await accepted(fixture.call('devices', { cookies }))).body.items.find((one: { current: boolean }) => one.current)
      .id

  it('ends one other session of the caller, for its writes and its renewal, and no further one', async () => {
    const [own, lost, third] = [jar(await signIn()), jar(await signIn()), jar(await signIn())]
    const session = await idOf(lost)
    expect((await fixture.call('endDevice', { cookies: own, params: { session } })).status).toBe(204)
    expect((await fixture.call('updateMe', { cookies: lost, body: { language: 'fr' } })).body.type).toBe(
      '/api/problems/session-ended',
    )
    expect((await renew(lost)).body.type).toBe('/api/problems/session-ended')
    expect((await renew(third)).status).toBe(200)
    expect((await renew(own)).status).toBe(200)
    const again = await fixture.call('endDevice', { cookies: own, params: { session } })
    expect([again.status, again.body.type]).toEqual([404, '/api/problems/not-found'])
  })

  it('ends no session of somebody else, and not the one that asks', async () => {
    const own = jar(await signIn())
    const body = { login: 'paul.test', password, personalDevice: true }
    const paul = jar(await fixture.call('signIn', { body }))
    const other = await fixture.call('endDevice', { cookies: own, params: { session: await idOf(paul) } })
    expect([other.status, other.body.type]).toEqual([404, '/api/problems/not-found'])
    expect((await renew(paul)).status).toBe(200)
    const itself = await fixture.call('endDevice', { cookies: own, params: { session: await idOf(own) } })
    expect([itself.status, itself.body.type]).toEqual([409, '/api/problems/conflict'])
    expect((await renew(own)).status).toBe(200)
  })
})

describe('devices()', () => {
  it('names each device by its browser and system, this one first', async () => {
    await accepted(
      signIn(password, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1'),
    )
    const own = jar(await signIn(password, 'Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0'))
    const items: { label: string; current: boolean }[] = (await accepted(fixture.call('devices', { cookies: own })))
      .body.items
    expect(items[0]).toMatchObject({ label: 'Edge, Windows', current: true })
    expect(items.map(one => one.label)).toContain('Safari, iPhone')
    expect(items.filter(one => one.current)).toHaveLength(1)
  })
})

describe('updateMe()', () => {
  it('sets and removes the e-mail address, sets the language', async () => {
    const cookies = jar(await signIn())
    const update = (body: object) => fixture.call('updateMe', { cookies, body })
    expect((await update({ email: 'lea@ent.example', language: 'en' })).body.person).toMatchObject({
      email: 'lea@ent.example',
      language: 'en',
    })
    expect((await fixture.call('me', { cookies })).body.person.email).toBe('lea@ent.example')
    expect((await update({ language: 'fr' })).body.person).not.toHaveProperty('email')
    expect((await fixture.call('me', { cookies })).body.person).toMatchObject({ language: 'fr' })
    expect(await fixture.account('lea')).not.toHaveProperty('email')
  })
})
