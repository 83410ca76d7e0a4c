import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountPatterns, codeHash } from '../../../functions/session/accounts.ts'
import { hotp, periodOf } from '../../../functions/session/factor/totp.ts'
import { factorHandler } from '../../../functions/session/factor-handler.ts'
import { factorPatterns } from '../../../functions/session/factor-patterns.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { factorContract, type Proof } from '../../../shared/session/factor-contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { accepted } from '../../support/accepted.ts'
import { authenticator } from '../../support/authenticator.ts'
import { type Called, type CallOptions, call } from '../../support/call.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import type { TestPlatform } from '../../support/platform.ts'
import { college } from '../../support/school.ts'
import { fromBase32 } from './base32.ts'
import { code as activationCode, type Fixture, jar, openFixture, password } from './fixture.ts'

type Name = keyof (typeof factorContract)['routes']

const host = 'ent.exemple.fr'
const origin = `https://${host}`
let f: Fixture
let required: TestPlatform
beforeAll(async () => {
  f = await openFixture()
  required = { ...f.platform, config: { ...f.platform.config, secondFactor: 'required' } }
})
afterAll(() => f.db.close())
beforeEach(() => {
  // A code counts once: each test has its own periods.
  f.clock.now = new Date(f.clock.now.getTime() + 3_600_000)
})

const idOf = (name: string) => String(f.school.people[name]?.id)
const ask = (name: Name, options: CallOptions = {}) =>
  call(factorHandler(required), required, factorContract.routes[name], {
    ...options,
    headers: { 'x-preau-host': host, ...options.headers },
  })
const signIn = (name: string, more: CallOptions = {}) =>
  call(passwordHandler(required, nothingLeaked), required, passwordContract.routes.signIn, {
    body: { login: `${name}.test`, password, personalDevice: true },
    ...more,
  })
/** The cookies of a reply, whatever it says. */
const cookiesOf = (reply: Called) => reply.cookies.map(cookie => cookie.split(';')[0] ?? '')
const typeOf = ({ status, body }: Called) => [status, body?.type?.split('/').at(-1)]

const codeNow = (secret: Buffer, periods = 0) => hotp(secret, periodOf(f.clock.now) + periods)

/** Sets up an app within a session, by its cookies. */
const setUpApp = async (cookies: readonly string[], proof?: Proof) => {
  const { body } = await accepted(ask('beginTotp', { cookies }))
  const secret = fromBase32(body.secret)
  const reply = await ask('confirmTotp', { cookies, body: { code: codeNow(secret), ...(proof && { proof }) } })
  return { secret, reply, recovery: reply.body?.recovery as string[] }
}

describe('a sign-in in a territory that requires a second factor', () => {
  it.each([
    ['head', 'marc', true],
    ['administrator', 'nadia', true],
    ['teacher', 'anne', undefined],
    ['guardian', 'sophie', undefined],
  ])('of a %s without one begins a session that waits for it: %s %s', async (_, name, missing) => {
    const reply = await accepted(signIn(name))
    expect(reply.body.factorMissing).toBe(missing)
  })

  it('of an operator waits as well', async () => {
    await f.change('remi', { territoryRoles: ['operator'] })
    expect((await accepted(signIn('remi'))).body.factorMissing).toBe(true)
    await f.change('remi', {})
  })

  it('lets a session that waits do nothing but set one up, also after a renewal, and then everything', async () => {
    const begun = await accepted(signIn('marc'))
    const refused = await f.call('sessionsOf', { cookies: jar(begun), params: { person: idOf('anne') } })
    expect(typeOf(refused)).toEqual([403, 'factor-missing'])
    const renewed = await accepted(f.call('renew', { cookies: jar(begun) }))
    expect(renewed.body.factorMissing).toBe(true)
    expect(typeOf(await f.call('devices', { cookies: jar(renewed) }))).toEqual([403, 'factor-missing'])
    const { reply, recovery } = await setUpApp(jar(renewed))
    expect(reply.status).toBe(200)
    expect(new Set(recovery).size).toBe(10)
    const full = await accepted(f.call('renew', { cookies: jar(renewed) }))
    expect(full.body).not.toHaveProperty('factorMissing')
    expect((await f.call('sessionsOf', { cookies: jar(full), params: { person: idOf('anne') } })).status).toBe(200)
    // The token of before is none of a full session.
    expect(typeOf(await f.call('devices', { cookies: jar(renewed) }))).toEqual([403, 'factor-missing'])
  })
})

describe('the second step', () => {
  let secret: Buffer
  let recovery: string[]
  beforeAll(async () => {
    f.clock.now = new Date(f.clock.now.getTime() + 3_600_000)
    const setup = await setUpApp(jar(await accepted(signIn('nadia'))))
    ;[secret, recovery] = [setup.secret, setup.recovery]
  })

  it('is asked for after the password, and begins the session by a code, which counts once', async () => {
    const first = await signIn('nadia')
    expect(typeOf(first)).toEqual([401, 'factor-asked'])
    expect(first.cookies.join()).not.toMatch(/__Host-preau=|preau-renew=/)
    const cookies = cookiesOf(first)
    expect((await accepted(ask('step', { cookies }))).body).toMatchObject({ code: true, personalDevice: true })
    const proof = { code: codeNow(secret) }
    const done = await accepted(ask('finish', { cookies, body: { proof } }))
    expect(done.status).toBe(201)
    expect((await f.call('me', { cookies: jar(done) })).body.person.login).toBe('nadia.test')
    const again = cookiesOf(await signIn('nadia'))
    expect(typeOf(await ask('finish', { cookies: again, body: { proof } }))).toEqual([403, 'wrong-factor'])
    expect((await ask('finish', { cookies: again, body: { proof: { code: codeNow(secret, 1) } } })).status).toBe(201)
    // A step is finished once.
    expect(typeOf(await ask('finish', { cookies: again, body: { proof: { code: recovery[0] } } }))).toEqual([
      401,
      'step-ended',
    ])
  })

  it('is finished by each recovery code once', async () => {
    const one = String(recovery[1])
    const finish = async (proof: Proof) => ask('finish', { cookies: cookiesOf(await signIn('nadia')), body: { proof } })
    expect((await finish({ code: one.toUpperCase() })).status).toBe(201)
    expect(typeOf(await finish({ code: one }))).toEqual([403, 'wrong-factor'])
    const stored = await f.items.get(factorPatterns.factor, { person: idOf('nadia') })
    expect(JSON.stringify(stored)).not.toContain(recovery[2])
    expect(stored?.recovery).toHaveLength(9)
  })

  it('of a repeated request has the same answer: of the password the same step, of the code the same session', async () => {
    const key = 'a-key-of-this-test-1'
    const [first, repeat] = [await signIn('nadia', { key }), await signIn('nadia', { key })]
    expect(cookiesOf(repeat)).toEqual(cookiesOf(first))
    const finishing = {
      cookies: cookiesOf(first),
      body: { proof: { code: codeNow(secret) } },
      key: 'a-key-of-this-test-2',
    }
    const done = await accepted(ask('finish', finishing))
    const again = await accepted(ask('finish', finishing))
    expect(again.body.person).toEqual(done.body.person)
    const sessions = await f.platform.table.all(
      sessionPatterns.sessions,
      { person: idOf('nadia') },
      { consistent: true },
    )
    expect(sessions.filter(({ since }) => since === f.clock.now.toISOString())).toHaveLength(1)
  })

  it('ends with time, with another password, and for who is suspended; and needs its own cookie', async () => {
    const cookies = cookiesOf(await signIn('nadia'))
    const proof = { code: codeNow(secret, 1) }
    const forged = cookies.map(cookie => cookie.replace(/.$/, letter => (letter === 'A' ? 'B' : 'A')))
    expect(typeOf(await ask('finish', { cookies: forged, body: { proof } }))).toEqual([401, 'step-ended'])
    await f.change('nadia', { status: 'suspended' })
    expect(typeOf(await ask('finish', { cookies, body: { proof } }))).toEqual([403, 'account-suspended'])
    await f.change('nadia', {})
    f.clock.now = new Date(f.clock.now.getTime() + 601_000)
    expect(typeOf(await ask('step', { cookies }))).toEqual([401, 'step-ended'])
    expect(typeOf(await ask('finish', { cookies, body: { proof: { code: codeNow(secret) } } }))).toEqual([
      401,
      'step-ended',
    ])
  })

  it('is slowed like a password, also for somebody who knows that', async () => {
    const statuses: number[] = []
    for (let tries = 0; tries < 8; tries++) {
      const headers = { 'x-preau-client': '203.0.113.9' }
      const cookies = cookiesOf(await signIn('nadia', { headers }))
      const reply = await ask('finish', { cookies, body: { proof: { code: '000000' } }, headers })
      statuses.push(reply.status)
    }
    expect(statuses.slice(0, 4)).toEqual([403, 403, 403, 403])
    expect(statuses.at(-1)).toBe(429)
  })

  it('follows a new activation code, too: a paper alone does not open an account with a second factor', async () => {
    const account = await f.account('nadia')
    const later = new Date(f.clock.now.getTime() + 86_400_000).toISOString()
    await f.items.put(
      accountPatterns.account,
      { person: idOf('nadia') },
      {
        ...account,
        codeHash: codeHash(idOf('nadia'), activationCode),
        codeExpiresAt: later,
      },
    )
    const next = 'un autre mot tout à fait'
    const reply = await call(passwordHandler(required, nothingLeaked), required, passwordContract.routes.activate, {
      body: { login: 'nadia.test', code: activationCode, password: next, personalDevice: false },
    })
    expect(typeOf(reply)).toEqual([401, 'factor-asked'])
    const done = await ask('finish', { cookies: cookiesOf(reply), body: { proof: { code: codeNow(secret) } } })
    expect(done.status).toBe(201)
  })
})

describe('a passkey', () => {
  const key = authenticator({ origin, rpId: host })
  const session = async () =>
    jar(await accepted(f.call('signIn', { body: { login: 'anne.test', password, personalDevice: true } })))

  it('is made in a session and answers in the second step, on its own host, for its own challenge', async () => {
    const cookies = await session()
    const { create } = (await accepted(ask('challenge', { cookies }))).body
    expect(create).toMatchObject({ rp: { id: host }, attestation: 'none', user: { name: 'anne.test' } })
    const elsewhere = authenticator({ origin: 'https://autre.exemple.fr', rpId: 'autre.exemple.fr' })
    const add = (passkey: object) => ask('addPasskey', { cookies, body: { label: 'Bureau', passkey } })
    expect(typeOf(await add(elsewhere.make(create.challenge)))).toEqual([403, 'wrong-factor'])
    expect(typeOf(await add(key.make('another-challenge')))).toEqual([403, 'wrong-factor'])
    const added = await accepted(add(key.make(create.challenge)))
    expect(added.body.recovery).toHaveLength(10)

    const step = async () => {
      const reply = await f.call('signIn', { body: { login: 'anne.test', password, personalDevice: false } })
      const waiting = cookiesOf(reply)
      return { cookies: waiting, passkey: (await accepted(ask('step', { cookies: waiting }))).body.passkey }
    }
    const first = await step()
    expect(first.passkey.allowCredentials).toHaveLength(1)
    const answer = key.answer(first.passkey.challenge)
    const other = await step()
    expect(typeOf(await ask('finish', { cookies: other.cookies, body: { proof: { passkey: answer } } }))).toEqual([
      403,
      'wrong-factor',
    ])
    expect((await ask('finish', { cookies: first.cookies, body: { proof: { passkey: answer } } })).status).toBe(201)
    // A copy of the authenticator counts from where it was made.
    key.rewind()
    const copied = { passkey: key.answer(other.passkey.challenge) }
    expect(typeOf(await ask('finish', { cookies: other.cookies, body: { proof: copied } }))).toEqual([
      403,
      'wrong-factor',
    ])
  })

  it('is offered on its own host only', async () => {
    const reply = await f.call('signIn', { body: { login: 'anne.test', password, personalDevice: false } })
    const { body } = await accepted(
      ask('step', { cookies: cookiesOf(reply), headers: { 'x-preau-host': 'autre.exemple.fr' } }),
    )
    expect(body).not.toHaveProperty('passkey')
    expect(body.code).toBe(true)
  })
})

describe('what is set up', () => {
  it('is changed and removed by the factor itself, and the last one stays where a role needs it', async () => {
    const cookies = jar(await accepted(signIn('paul')))
    const { secret, recovery } = await setUpApp(cookies)
    const remove = (proof: Proof) => ask('remove', { cookies, body: { what: 'totp', proof } })
    expect(typeOf(await remove({ code: '000000' }))).toEqual([403, 'wrong-factor'])
    expect((await setUpApp(cookies)).reply.status).toBe(403)
    const second = await setUpApp(cookies, { code: codeNow(secret, 1) })
    expect(second.reply.status).toBe(200)
    expect(second.reply.body).toEqual({})
    const renewed = await accepted(ask('renewRecovery', { cookies, body: { proof: { code: recovery[0] } } }))
    expect(renewed.body.recovery).toHaveLength(10)
    expect(typeOf(await remove({ code: String(recovery[1]) }))).toEqual([403, 'wrong-factor'])
    await accepted(remove({ code: renewed.body.recovery[0] }))
    expect((await accepted(ask('factor', { cookies }))).body).toMatchObject({ passkeys: [], recovery: 0 })
  })

  it('is told to its owner, and to nobody who works in no school', async () => {
    const as = f.school.callers
    expect((await ask('factor', { as: as.sophie })).status).toBe(403)
    expect((await accepted(ask('factor', { as: as.marc }))).body).toMatchObject({ required: true, recovery: 10 })
    expect((await accepted(ask('factor', { as: as.claire }))).body).toEqual({
      required: false,
      passkeys: [],
      recovery: 0,
    })
  })

  it('of a head is not removed as the last one, but by who looks after the account, which is told', async () => {
    const person = idOf('marc')
    const held = await f.items.get(factorPatterns.factor, { person })
    if (!held) throw new Error('marc has no factor')
    const { recovery } = await setUpApp(
      jar(await accepted(f.call('signIn', { body: { login: 'claire.test', password, personalDevice: true } }))),
    )
    const claire = { as: f.school.callers.claire }
    await f.change('claire', { roles: [{ uai: college, role: 'head' }] })
    const last = await ask('remove', { ...claire, body: { what: 'totp', proof: { code: recovery[0] } } })
    expect(typeOf(last)).toEqual([409, 'factor-needed'])
    const asHead = { as: claire.as && { ...claire.as, roles: [{ uai: college, role: 'head' as const }] } }

    expect((await f.call('resetFactor', { as: f.school.callers.marc, params: { person } })).status).toBe(403)
    expect((await f.call('resetFactor', { as: f.school.callers.paul, params: { person } })).status).toBe(403)
    await accepted(f.call('resetFactor', { ...asHead, params: { person } }))
    await f.change('claire', {})
    const sessions = await f.platform.table.all(sessionPatterns.sessions, { person }, { consistent: true })
    expect(sessions).toEqual([])
    const next = await accepted(signIn('marc'))
    expect(next.body.factorMissing).toBe(true)
    const told = await accepted(ask('factor', { cookies: jar(next) }))
    expect(told.body.reset).toMatchObject({ by: 'Claire Faure' })
    await setUpApp(jar(next))
    expect((await accepted(ask('factor', { cookies: jar(next) }))).body).not.toHaveProperty('reset')
  })
})
