import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Access } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { guess } from '../../../functions/session/guesses.ts'
import { localClient } from '../../support/dynamodb.ts'
import { openMeter } from '../../support/meter.ts'
import { code, type Fixture, jar, openFixture, password } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(() => fixture.db.close())

const from = (address: string) => ({ 'x-preau-client': address })
const signIn = (login: string, secret: string, address: string, cookies: string[] = []) =>
  fixture.call('signIn', {
    body: { login, password: secret, personalDevice: true },
    headers: from(address),
    cookies,
  })
const later = (seconds: number) => {
  fixture.clock.now = new Date(fixture.clock.now.getTime() + seconds * 1000)
}
/** A wrong guess as a sign-in counts it, without its hash. */
const wrong = async (account: string, address: string) => {
  const attempt = await guess(fixture.platform, { secret: 'password', account, address, device: undefined })
  if (attempt.ok) await attempt.value.wrong()
}

describe('guess()', () => {
  it('slows an address at one account after five guesses, the right password too, ever longer', async () => {
    for (let count = 0; count < 5; count++) expect((await signIn('lea.test', 'wrong', '192.0.2.1')).status).toBe(401)
    const slowed = await signIn('lea.test', password, '192.0.2.1')
    expect([slowed.status, slowed.body.type]).toEqual([429, '/api/problems/too-many-attempts'])
    expect(slowed.headers['retry-after']).toBe('15')
    later(15)
    expect((await signIn('lea.test', 'wrong', '192.0.2.1')).status).toBe(401)
    expect((await signIn('lea.test', password, '192.0.2.1')).headers['retry-after']).toBe('30')
    later(30)
    expect((await signIn('lea.test', password, '192.0.2.1')).status).toBe(201)
    expect((await signIn('lea.test', 'wrong', '192.0.2.1')).status).toBe(401) // forgotten by the success
  })

  it('counts guesses at a login together, however it is typed', async () => {
    for (const login of ['lea.test', 'LEA.TEST', 'léa.test', 'le a.test', 'lea\u200b.test'])
      expect((await signIn(login, 'wrong', '192.0.2.1')).status).toBe(401)
    expect((await signIn('Lea.test ', password, '192.0.2.1')).status).toBe(429)
  })

  it('tells those who look after an account how many attempts failed in a row', async () => {
    const page = { as: fixture.school.callers.nadia, params: { person: fixture.school.people.lea?.id ?? '' } }
    expect((await fixture.call('sessionsOf', page)).body).not.toHaveProperty('failed')
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) await signIn('Léa.test', 'wrong', address)
    expect((await fixture.call('sessionsOf', page)).body).toMatchObject({ failed: 3 })
    expect((await signIn('lea.test', password, '192.0.2.1')).status).toBe(201)
    expect((await fixture.call('sessionsOf', page)).body).not.toHaveProperty('failed')
  })

  it('slows an unknown login as it slows a known one', async () => {
    for (let count = 0; count < 5; count++) expect((await signIn('nobody.test', 'wrong', '192.0.2.1')).status).toBe(401)
    expect((await signIn('nobody.test', 'wrong', '192.0.2.1')).status).toBe(429)
  })

  it('counts a guess in one write unit', async () => {
    const meter = await openMeter(fixture.db.endpoint)
    const client = localClient(meter.endpoint)
    const platform = {
      ...fixture.platform,
      table: openTable<Access>(fixture.db.table, {}, fixture.platform.now, client),
    }
    for (let count = 1; count <= 7; count++) {
      const attempt = await guess(platform, { secret: 'password', account: 'a', address: '192.0.2.1', device: 'd' })
      expect([attempt.ok, meter.read()]).toMatchObject([true, { operations: { UpdateItem: 1 }, writeUnits: 1 }])
    }
    client.destroy()
    await meter.close()
  })

  it('counts guesses made at once', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => signIn('lea.test', 'wrong', '192.0.2.1')))
    expect(replies.filter(reply => reply.status === 401).length).toBeLessThanOrEqual(5)
  })

  it('locks nobody out: neither other addresses, nor other accounts, nor a device known for the account', async () => {
    const home = jar(await signIn('lea.test', password, '203.0.113.7'))
    const device = home.filter(cookie => cookie.startsWith('__Secure-preau-device'))
    for (let count = 0; count < 6; count++) await wrong('lea.test', '192.0.2.1')
    expect((await signIn('lea.test', password, '192.0.2.1')).status).toBe(429)
    expect((await signIn('lea.test', password, '203.0.113.7')).status).toBe(201)
    expect((await signIn('anne.test', password, '192.0.2.1')).status).toBe(201)
    expect((await signIn('lea.test', password, '192.0.2.1', device)).status).toBe(201)
  })

  it('takes no device cookie that is forged or of somebody else', async () => {
    const device = jar(await signIn('anne.test', password, '203.0.113.7'))[2] ?? ''
    const lea = fixture.school.people.lea?.id
    const forged = device.replace(/=[0-9a-z]{16}/, `=${lea}`)
    for (let count = 0; count < 6; count++) await wrong('lea.test', '192.0.2.1')
    expect((await signIn('lea.test', password, '192.0.2.1', [device])).status).toBe(429)
    expect((await signIn('lea.test', password, '192.0.2.1', [forged])).status).toBe(429)
  })

  it('knows several people on one device', async () => {
    const first = jar(await signIn('anne.test', password, '203.0.113.7'))
    const both = jar(await signIn('lea.test', password, '203.0.113.7', [first[2] ?? '']))[2] ?? ''
    for (const login of ['anne.test', 'lea.test']) {
      for (let count = 0; count < 6; count++) await wrong(login, '192.0.2.1')
      expect((await signIn(login, password, '192.0.2.1', [both])).status).toBe(201)
    }
  })

  it('leaves an address one guess at an account attacked from many, so its owner is always heard', async () => {
    for (let at = 0; at < 50; at++) await wrong('lea.test', `198.51.100.${at}`)
    expect((await signIn('lea.test', 'wrong', '203.0.113.8')).status).toBe(401)
    expect((await signIn('lea.test', 'wrong', '203.0.113.8')).status).toBe(429)
    expect((await signIn('lea.test', password, '203.0.113.9')).status).toBe(201)
  })

  it('slows an address that tries many accounts, until the next minute', async () => {
    for (let at = 0; at < 60; at++) await wrong(`nobody${at}.test`, '192.0.2.1')
    const slowed = await signIn('lea.test', password, '192.0.2.1')
    expect(slowed.status).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect((await signIn('lea.test', password, '192.0.2.2')).status).toBe(201)
    later(60)
    expect((await signIn('lea.test', password, '192.0.2.1')).status).toBe(201)
  })

  it('takes the addresses of one IPv6 network for one', async () => {
    for (let at = 1; at < 7; at++) await wrong('lea.test', `2001:db8:0:2::${at}`)
    expect((await signIn('lea.test', password, '2001:db8:0:2:a:b:c:d')).status).toBe(429)
    expect((await signIn('lea.test', password, '2001:db8::1')).status).toBe(201)
  })

  it('slows guesses at codes apart from guesses at passwords', async () => {
    const activate = (typed: string) =>
      fixture.call('activate', {
        body: { login: 'tom.test', code: typed, password: 'trois poules sur un mur', personalDevice: false },
      })
    for (let count = 0; count < 5; count++) expect((await activate('aaaa-bbbb-cccc')).status).toBe(401)
    expect((await activate(code)).status).toBe(429)
    expect((await signIn('tom.test', password, '192.0.2.1')).status).toBe(401)
    later(15)
    expect((await activate(code)).status).toBe(201)
  })

  it('stores neither login nor address', async () => {
    expect((await signIn('lea.test', 'wrong', '192.0.2.1')).status).toBe(401)
    const { ScanCommand } = await import('@aws-sdk/client-dynamodb')
    const { Items = [] } = await fixture.db.client.send(new ScanCommand({ TableName: fixture.db.table }))
    const throttles = Items.filter(item => item.sk?.S === 'THROTTLE')
    expect(throttles).toHaveLength(3)
    expect(JSON.stringify(throttles)).not.toMatch(/lea\.test|192\.0\.2\.1/)
  })
})
