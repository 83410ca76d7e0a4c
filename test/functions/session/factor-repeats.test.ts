import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hotp, periodOf } from '../../../functions/session/factor/totp.ts'
import { factorHandler } from '../../../functions/session/factor-handler.ts'
import { factorPatterns } from '../../../functions/session/factor-patterns.ts'
import { factorContract, type Proof } from '../../../shared/session/factor-contract.ts'
import { accepted } from '../../support/accepted.ts'
import { authenticator } from '../../support/authenticator.ts'
import { type Called, type CallOptions, call } from '../../support/call.ts'
import { fromBase32 } from './base32.ts'
import { type Fixture, jar, openFixture, password } from './fixture.ts'

type Name = keyof (typeof factorContract)['routes']

const host = 'ent.exemple.fr'
const passkey = authenticator({ origin: `https://${host}`, rpId: host })
let f: Fixture
let cookies: string[]
beforeAll(async () => {
  f = await openFixture()
})
afterAll(() => f.db.close())
beforeEach(async () => {
  // A code counts once: each test has its own periods, and somebody without a factor.
  f.clock.now = new Date(f.clock.now.getTime() + 3_600_000)
  await f.items.remove(factorPatterns.factor, { person: String(f.school.people.paul?.id) })
  cookies = jar(await accepted(f.call('signIn', { body: { login: 'paul.test', password, personalDevice: true } })))
})

const ask = (name: Name, options: CallOptions = {}) =>
  call(factorHandler(f.platform), f.platform, factorContract.routes[name], {
    cookies,
    ...options,
    headers: { 'x-preau-host': host },
  })
const typeOf = ({ status, body }: Called) => [status, body?.type?.split('/').at(-1)]
const codeNow = (secret: Buffer, periods = 0) => hotp(secret, periodOf(f.clock.now) + periods)

/** Confirms a new app under a key: gives the call, to send it again, and the app's secret. */
const confirming = async (key: string, proof?: Proof) => {
  const { body } = await accepted(ask('beginTotp'))
  const secret = fromBase32(body.secret)
  const call = { key, body: { code: codeNow(secret), ...(proof && { proof }) } }
  return {
    secret,
    call,
    send: (other: object = {}) => ask('confirmTotp', { ...call, body: { ...call.body, ...other } }),
  }
}
/** The same of a passkey. */
const adding = async (key: string, proof?: Proof) => {
  const { create } = (await accepted(ask('challenge'))).body
  const body = { label: 'Bureau', passkey: passkey.make(create.challenge), ...(proof && { proof }) }
  return (other: object = {}) => ask('addPasskey', { key, body: { ...body, ...other } })
}

describe('a change of the factor whose answer was lost', () => {
  it('is answered with the recovery codes of the first factor again, and with those alone that are still good', async () => {
    const { send, secret } = await confirming('a-lost-first-app')
    const { recovery } = (await accepted(send())).body
    expect((await accepted(send())).body).toEqual({ recovery })
    await accepted(ask('renewRecovery', { body: { proof: { code: codeNow(secret, 1) } } }))
    expect((await accepted(send())).body).toEqual({})
  })

  it('is answered without recovery codes where the first answer had none', async () => {
    const first = await confirming('a-first-app-of-before')
    await accepted(first.send())
    const second = await confirming('a-lost-second-app', { code: codeNow(first.secret, 1) })
    expect((await accepted(second.send())).body).toEqual({})
    expect((await accepted(second.send())).body).toEqual({})
    const add = await adding('a-lost-second-passkey', { code: codeNow(second.secret, 1) })
    expect((await accepted(add())).body).toEqual({})
    expect((await accepted(add())).body).toEqual({})
    expect((await accepted(ask('factor'))).body).toMatchObject({ recovery: 10 })
  })

  it('is answered of a first passkey with its codes, and of renewed codes as long as they are good', async () => {
    const add = await adding('a-lost-first-passkey')
    const { recovery } = (await accepted(add())).body
    expect((await accepted(add())).body).toEqual({ recovery })
    const renew = (key: string, code: string) => ask('renewRecovery', { key, body: { proof: { code } } })
    const renewed = (await accepted(renew('a-lost-renewal-of-codes', recovery[0]))).body
    expect((await accepted(renew('a-lost-renewal-of-codes', recovery[0]))).body).toEqual(renewed)
    await accepted(renew('a-second-renewal-of-codes', renewed.recovery[0]))
    expect(typeOf(await renew('a-lost-renewal-of-codes', recovery[0]))).toEqual([409, 'conflict'])
  })

  it('is refused under its key with another request', async () => {
    const app = await confirming('a-key-for-one-app')
    const { recovery } = (await accepted(app.send())).body
    const other = app.call.body.code === '000000' ? '000001' : '000000'
    const reused = [409, 'idempotency-key-reused']
    expect(typeOf(await app.send({ code: other }))).toEqual(reused)
    const add = await adding('a-key-for-one-passkey', { code: recovery[0] })
    await accepted(add())
    expect(typeOf(await add({ label: 'Maison' }))).toEqual(reused)
    const remove = (what: object | 'totp') =>
      ask('remove', { key: 'a-key-for-one-removal', body: { what, proof: { code: recovery[1] } } })
    await accepted(remove('totp'))
    await accepted(remove('totp'))
    const { passkeys } = (await accepted(ask('factor'))).body
    expect(typeOf(await remove({ passkey: passkeys[0].id }))).toEqual(reused)
  })
})
