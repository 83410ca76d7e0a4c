import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { platformPatterns } from '../../functions/platform/patterns.ts'
import { hotp, periodOf } from '../../functions/session/factor/totp.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { factorContract, type Proof } from '../../shared/session/factor-contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { type Visitor, visitor } from '../support/http.ts'
import { openItems } from '../support/items.ts'
import { password, populate, type Valmont } from '../support/populate.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { timeoutMs } from '../support/timeout.ts'

/** The days on which secrets are renewed, as a territory's entry has them. */
type Renewed = Readonly<Record<'edge' | 'refresh' | 'signing', string>>

let data: string
let territory: Territory | undefined
let valmont: Valmont
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'preau-renewed-'))
})
afterEach(() => territory?.stop())
afterAll(() => rmSync(data, { recursive: true, force: true }))

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> }

/** The demo's assembly for a territory that requires a second factor, and whose secrets were renewed on these days. */
const deployed = (name: string, renewed?: Renewed): string => {
  const from = builtAssembly()
  const folder = join(data, name)
  mkdirSync(folder)
  for (const one of readdirSync(from))
    if (/\.json$|^cdk\.out$/.test(one)) cpSync(join(from, one), join(folder, one))
    else symlinkSync(join(from, one), join(folder, one))
  const file = join(folder, 'preau-demo.template.json')
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const { Environment } = Properties as { Environment?: { Variables: Record<string, unknown> } }
    if (Type === 'AWS::Lambda::Function' && Environment) Environment.Variables.SECOND_FACTOR = 'required'
    if (Type === 'Custom::PreauKeys' && renewed) Properties.Renewed = JSON.stringify(renewed)
  }
  writeFileSync(file, JSON.stringify(template))
  return folder
}

const start = async (assembly: string): Promise<Territory> => {
  territory = await startTerritory({ assembly, data: join(data, 'data') })
  return territory
}

const fromBase32 = (text: string) => {
  const bits = [...text]
    .map(one => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}

/** The codes of an app, each of a later period than the one before: a code counts once. */
const openApp = (secret: string) => {
  const key = fromBase32(secret)
  let last = periodOf(new Date()) - 2
  return () => {
    last = Math.max(last + 1, periodOf(new Date()) - 1)
    return hotp(key, last)
  }
}

const { beginTotp, confirmTotp, finish } = factorContract.routes
const { me, renew, devices } = sessionContract.routes

/** Signs in by the password and a proof. */
const signInBy = async (url: string, login: string, proof: Proof): Promise<Visitor> => {
  const someone = visitor(url)
  const asked = await someone.ask(passwordContract.routes.signIn, { body: { login, password, personalDevice: true } })
  expect([asked.status, asked.body.type]).toEqual([401, '/api/problems/factor-asked'])
  const done = await someone.ask(finish, { body: { proof } })
  expect([done.status, done.body?.type]).toEqual([201, undefined])
  return someone
}

/** The same device after a restart: its cookies, at the address that the territory has now. */
const again = (device: Visitor, url: string): Visitor => {
  const same = visitor(url)
  for (const [name, cookie] of device.cookies) same.cookies.set(name, cookie)
  return same
}

it(
  'sessions, second factors and recovery codes last over a deploy that renews the secrets',
  async () => {
    let { url, client, table } = await start(deployed('first'))
    valmont = await populate({ url, client, table })
    const { login } = valmont.credentials('thomas')
    const waiting = await valmont.as('thomas')
    expect((await accepted(waiting.ask(me))).body.factorMissing).toBe(true)
    expect((await waiting.ask(devices)).body.type).toBe('/api/problems/factor-missing')
    const nextCode = openApp((await accepted(waiting.ask(beginTotp))).body.secret)
    const { recovery } = (await accepted(waiting.ask(confirmTotp, { body: { code: nextCode() } }))).body
    await accepted(waiting.ask(renew))
    const device = await signInBy(url, login, { code: nextCode() })
    await accepted(device.ask(devices))
    const before = await openItems({ client, table }).get(platformPatterns.keys, {})
    await territory?.stop()

    const day = '2026-11-27'
    ;({ url, client, table } = await start(deployed('renewed', { edge: day, refresh: day, signing: day })))
    const after = await openItems({ client, table }).get(platformPatterns.keys, {})
    expect([after?.edge === before?.edge, after?.refresh === before?.refresh]).toEqual([false, false])
    // Tokens of before are refused, and the session is renewed by what the device holds.
    const same = again(device, url)
    expect((await same.ask(devices)).status).toBe(401)
    expect((await accepted(same.ask(renew))).body).not.toHaveProperty('factorMissing')
    await accepted(same.ask(devices))
    await accepted((await signInBy(url, login, { code: nextCode() })).ask(devices))
    await accepted((await signInBy(url, login, { code: recovery[0] })).ask(devices))
    await territory?.stop()

    // The same days once more: nothing is renewed, and all of it still holds.
    ;({ url, client, table } = await start(join(data, 'renewed')))
    expect((await openItems({ client, table }).get(platformPatterns.keys, {}))?.refresh).toBe(after?.refresh)
    await accepted(again(same, url).ask(devices))
    await accepted((await signInBy(url, login, { code: recovery[1] })).ask(devices))
  },
  timeoutMs(60),
)
