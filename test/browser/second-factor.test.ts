import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hotp, periodOf } from '../../functions/session/factor/totp.ts'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import type { Name } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
})
afterAll(() => fixture?.close())

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Leaves the recovery codes, and waits for the session that is renewed then. */
const noted = async (page: Page) => {
  const renewed = page.waitForResponse(/\/api\/session\/renewal$/)
  await press(page, 'Je les ai notés')
  await renewed
}

/** Chromium's virtual authenticator: a key inside of this device, whose person is verified. */
const withAuthenticator = async (page: Page) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true } as const
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, automaticPresenceSimulation: true },
  })
}

const enter = async (page: Page, name: Name) => {
  await page.goto('/sign-in')
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials(name).login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await press(page, 'Se connecter')
  await page.getByRole('heading', { name: 'Seconde étape' }).waitFor()
}

const secretOf = async (page: Page) => {
  const text = (await page.getByText('Clé à saisir').locator('..').textContent())?.replace('Clé à saisir', '') ?? ''
  const bits = [...text.replaceAll(' ', '')]
    .map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}

test('a passkey is added on the account’s page, and is the second step of the next sign-in', async () => {
  const { page, expect: expectTrouble, troubles, close } = await fixture.visit('helene')
  expectTrouble(/status of (401|404)/)
  await withAuthenticator(page)
  await page.goto('/account')
  await press(page, 'Ajouter une clé d’accès')
  await page.getByText('l’empreinte ou le code de cet appareil').waitFor()
  expect(await page.getByLabel('Nom de cette clé').inputValue()).toBe('Linux')
  await press(page, 'Ajouter une clé d’accès')
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
  await noted(page)
  await page.getByText('10 codes de secours restants').waitFor()
  await page.context().clearCookies()
  await page.evaluate(() => localStorage.clear())
  await enter(page, 'helene')
  await press(page, 'Utiliser ma clé d’accès')
  await homeOf(page, 'Hélène').waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('a prompt of the browser that is closed is told, and loses nothing; the key has the name that one gives it', async () => {
  const { page, expect: expectTrouble, troubles, close } = await fixture.visit('nadia', { width: 360 })
  expectTrouble(/status of 404/)
  await withAuthenticator(page)
  await page.goto('/account')
  await press(page, 'Ajouter une clé d’accès')
  const name = page.getByLabel('Nom de cette clé')
  await name.fill('')
  await press(page, 'Ajouter une clé d’accès')
  await page.getByText('Donnez un nom à cette clé.').waitFor()
  await name.fill('Téléphone du bureau')
  // As browsers answer when the person closes their prompt.
  await page.evaluate(() => {
    const create = navigator.credentials.create.bind(navigator.credentials)
    navigator.credentials.create = async () => {
      navigator.credentials.create = create
      throw new DOMException('The operation either timed out or was not allowed.', 'NotAllowedError')
    }
  })
  await press(page, 'Ajouter une clé d’accès')
  await page.getByText('la demande du navigateur a été fermée').waitFor()
  expect(await name.inputValue()).toBe('Téléphone du bureau')
  await press(page, 'Ajouter une clé d’accès')
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
  await noted(page)
  await page.getByText('Téléphone du bureau', { exact: true }).waitFor()
  // One more is proved by the first one; closed there, the prompt loses nothing either.
  await press(page, 'Ajouter une clé d’accès')
  await page.getByRole('heading', { name: 'Confirmez que c’est vous' }).waitFor()
  await page.getByLabel('Code de l’application, ou code de secours').fill('à moitié')
  await page.evaluate(() => {
    const get = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = async () => {
      navigator.credentials.get = get
      throw new DOMException('The operation either timed out or was not allowed.', 'NotAllowedError')
    }
  })
  await press(page, 'Utiliser ma clé d’accès')
  await page.getByText('la demande du navigateur a été fermée').waitFor()
  expect(await page.getByLabel('Code de l’application, ou code de secours').inputValue()).toBe('à moitié')
  await press(page, 'Utiliser ma clé d’accès')
  await name.waitFor()
  await press(page, 'Ajouter une clé d’accès')
  // The device has one already.
  await page.getByText('Cet appareil ou cette clé est déjà dans votre liste.').waitFor()
  // Only now: axe opens a page of its own, and browsers make keys for the one in front alone.
  expect(await violations(page)).toEqual([])
  await press(page, 'Annuler')
  await page.getByText('Téléphone du bureau', { exact: true }).waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('an app is set up by its secret, and its code or a recovery code enters; a wrong one is told', async () => {
  const { page, expect: expectTrouble, close } = await fixture.visit('paul', { width: 360 })
  expectTrouble(/status of (401|403|404)/)
  await page.goto('/account')
  await press(page, 'Installer une application de codes')
  const secret = await secretOf(page)
  expect(secret).toHaveLength(20)
  await page.getByLabel('Code affiché par l’application').fill(hotp(secret, periodOf(new Date())))
  await press(page, 'Confirmer')
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
  const [recovery = ''] = await page
    .getByRole('listitem')
    .filter({ hasText: /^\w{4}-\w{4}-\w{4}$/ })
    .allInnerTexts()
  await noted(page)
  await page.context().clearCookies()
  await page.evaluate(() => localStorage.clear())
  await enter(page, 'paul')
  const code = page.getByLabel('Code de l’application, ou code de secours')
  await code.fill('000000')
  await press(page, 'Entrer')
  await page.getByText('n’est pas le bon, ou a déjà servi').waitFor()
  await code.fill(recovery)
  await press(page, 'Entrer')
  await homeOf(page, 'Paul').waitFor()
  await close()
})

test('somebody in charge whose role needs one and who has none sets it up before anything else', async () => {
  const { page, context, expect: expectTrouble, close } = await fixture.visit('marc')
  expectTrouble(/status of (403|404)/)
  // As a territory that requires it answers.
  await context.addInitScript(() => {
    const stored = JSON.parse(localStorage.getItem('preau.me') ?? 'null')
    if (!stored || sessionStorage.getItem('asked')) return
    sessionStorage.setItem('asked', 'yes')
    localStorage.setItem('preau.me', JSON.stringify({ ...stored, me: { ...stored.me, factorMissing: true } }))
  })
  await page.goto('/news')
  await page.getByRole('heading', { name: 'Une seconde étape pour entrer' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/second-factor')
  await press(page, 'Installer une application de codes')
  const secret = await secretOf(page)
  await page.getByLabel('Code affiché par l’application').fill(hotp(secret, periodOf(new Date())))
  await press(page, 'Confirmer')
  await noted(page)
  await homeOf(page, 'Marc').waitFor()
  await close()
})
