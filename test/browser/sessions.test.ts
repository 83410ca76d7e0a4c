import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { writeDeparture } from '../support/valmont.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'
import { storedContent } from './stored-content.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
})
afterAll(() => fixture?.close())

/** What is focused, by the name it has for a screen reader. */
const focused = (page: Page) => page.locator(':focus')
/** Where one is, without the host. */
const at = async (page: Page) => {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}
const enter = async (page: Page, name: 'sophie' | 'karim' | 'ines', { personal = false } = {}) => {
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials(name).login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  if (personal) await page.getByLabel('C’est mon appareil').check()
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
test('activate: works by keyboard alone from the sheet’s address to Home, and stays signed in after a reload', async () => {
  const visit = await fixture.visit(undefined, { width: 360 })
  const { page } = visit
  const { login, code } = fixture.valmont.credentials('awa')
  await page.goto(`/activate#${new URLSearchParams({ login })}`)
  await page.getByLabel('Identifiant').waitFor()
  await page.getByLabel('Identifiant').focus()
  expect(await focused(page).inputValue()).toBe(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(code)
  await page.keyboard.press('Tab')
  await page.keyboard.type('court')
  await page.keyboard.press('Enter')
  expect(await focused(page).getAttribute('aria-invalid'), 'the focus is on what is wrong').toBe('true')
  await page.keyboard.type(' mais pas longtemps')
  await page.getByLabel('C’est mon appareil').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await homeOf(page, 'Awa').waitFor()
  await page.reload()
  await homeOf(page, 'Awa').waitFor()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('sign-in: shows a wrong password as an error; the right one leads to the address asked for', async () => {
  await fixture.valmont.as('paul')
  const visit = await fixture.visit(undefined)
  visit.expect(/status of 401/)
  const { page } = visit
  await page.goto('/news/mine')
  await page.waitForURL(/\/sign-in\?next=/)
  await page.getByLabel('Identifiant').focus()
  await page.keyboard.type(fixture.valmont.credentials('paul').login)
  await page.keyboard.press('Tab')
  await page.keyboard.type('pas le bon mot de passe')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/news\/mine$/)
  await page.getByRole('heading', { name: 'Publications' }).waitFor()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('sign-out: deletes cached content from the device, and Back shows none of it', async () => {
  const visit = await fixture.visit('sophie')
  const { page } = visit
  await page.goto('/')
  await homeOf(page, 'Sophie').waitFor()
  await page.getByText(titleOf.outing).first().waitFor()
  await page.goto('/account')
  await expect.poll(() => storedContent(page)).toContain('Sophie')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
  await expect.poll(() => storedContent(page)).not.toMatch(/Sophie|Inès|musée/)
  await page.goBack()
  await page.getByLabel('Identifiant').waitFor()
  expect(await page.content()).not.toMatch(/Sophie|Inès|musée/)
  // What lets a known device try again while a stranger guesses stays: it opens nothing (docs/decisions/0005).
  const cookies = (await visit.context.cookies()).filter(({ value }) => value !== '').map(({ name }) => name)
  expect(cookies).toEqual(['__Secure-preau-device'])
  await visit.close()
})

test('sign-out: deletes drafts on a shared device', async () => {
  await fixture.valmont.as('marc')
  const visit = await fixture.visit(undefined)
  const { page } = visit
  await page.goto('/sign-in')
  visit.expect(/status of 401/)
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials('marc').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await homeOf(page, 'Marc').waitFor()
  await page.goto('/news/write')
  await page.getByLabel('Titre').fill('Conseil de discipline')
  await expect.poll(() => storedContent(page)).toContain('Conseil de discipline')
  await page.goto('/account')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
  expect(await storedContent(page)).not.toMatch(/Conseil|Marc/)
  await visit.close()
})

test('renewal: renews a missing token invisibly, and answers every later request', async () => {
  const visit = await fixture.visit('ines')
  const { page, context } = visit
  await page.goto('/')
  await homeOf(page, 'Inès').waitFor()
  const before = await context.cookies()
  const token = before.find(({ path }) => path === '/')
  if (!token) throw new Error('no token at /')
  await context.clearCookies({ name: token.name })
  visit.expect(/status of 401/)
  await page.goto('/news')
  await page.getByText(titleOf.urgent).first().waitFor()
  // What the device holds is shown before the session is renewed.
  await expect.poll(async () => (await context.cookies()).some(({ name }) => name === token.name)).toBe(true)
  const after = await context.cookies()
  const refresh = before.find(({ name }) => name !== token.name)
  expect(after.map(({ name }) => name).sort()).toEqual(before.map(({ name }) => name).sort())
  expect(after.find(({ name }) => name === refresh?.name)?.value, 'rotated').not.toBe(refresh?.value)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

/** What some browsers do with IndexedDB: none in some private windows, denied by a setting, hanging by a fault of Safari. */
const databases = {
  'is not there': () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
  'throws when it is opened': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError')
    }
  },
  'never answers': () => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
  },
}

test.each(Object.entries(databases))(
  'IndexedDB that %s: one signs in, reads, reloads and signs out',
  async (_, broken) => {
    await fixture.valmont.as('karim')
    const visit = await fixture.visit(undefined)
    visit.expect(/status of 401/)
    const { page } = visit
    await page.addInitScript(broken)
    await page.goto('/sign-in')
    for (const personal of [true, false]) {
      await enter(page, 'karim', { personal })
      await homeOf(page, 'Karim').waitFor()
      await page.getByText(titleOf.urgent).first().waitFor()
      await page.reload()
      await homeOf(page, 'Karim').waitFor()
      await page.getByText(titleOf.urgent).first().waitFor()
      await page.goto('/account')
      await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
      await page.getByLabel('Identifiant').waitFor()
    }
    expect(visit.troubles()).toEqual([])
    await visit.close()
  },
)

test('session ended with many requests under way: one lands where one was, with its query', async () => {
  const visit = await fixture.visit('sophie')
  visit.expect(/status of 401/)
  const { page, context } = visit
  await page.goto('/news?show=sign')
  await page.getByRole('heading', { name: 'Actualités' }).waitFor()
  await context.clearCookies()
  const addresses: string[] = []
  page.on('framenavigated', frame => addresses.push(frame.url()))
  await page.reload()
  await page.getByText('vous reviendrez là où vous étiez').waitFor()
  // As long as requests that were under way take to be refused.
  await page.waitForLoadState('networkidle')
  expect(await at(page)).toBe('/sign-in?next=%2Fnews%3Fshow%3Dsign&why=session-ended')
  expect(addresses.filter(one => one.includes('/sign-in'))).toHaveLength(1)
  await enter(page, 'sophie')
  await page.waitForURL(/\/news\?show=sign$/)
  await page.goBack()
  await page.waitForLoadState('networkidle')
  expect(await at(page), 'the form is not in the history').not.toMatch(/^\/sign-in/)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('sign-in and activation: lead on who is signed in, except with the sheet of somebody else', async () => {
  const visit = await fixture.visit('sophie')
  const { page } = visit
  const { login } = fixture.valmont.credentials('sophie')
  for (const [asked, reached] of [
    ['/sign-in', '/'],
    ['/sign-in?next=%2Fnews%3Fshow%3Dsign', '/news?show=sign'],
    ['/sign-in?next=%2F%2Fevil.example', '/'],
    ['/activate', '/'],
    [`/activate#login=${login}`, '/'],
  ] as const) {
    await page.goto(asked)
    await page.getByRole('navigation', { name: 'Rubriques' }).waitFor()
    expect(await at(page), asked).toBe(reached)
  }
  await page.goto('/activate#login=tom.inconnu')
  await page.getByLabel('Identifiant').waitFor()
  expect(await page.getByLabel('Identifiant').inputValue()).toBe('tom.inconnu')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('sign-out in another tab: is said, and leads back; drafts of a shared device are gone', async () => {
  const visit = await fixture.visit('sophie')
  visit.expect(/status of 401/)
  const { page, context } = visit
  await page.goto('/news?show=unread')
  await page.getByRole('heading', { name: 'Actualités' }).waitFor()
  await page.evaluate(() => sessionStorage.setItem('draft', 'of hers'))
  const other = await context.newPage()
  await other.goto('/account')
  await other.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByText('déconnecté dans un autre onglet').waitFor()
  expect(await page.evaluate(() => sessionStorage.getItem('draft'))).toBeNull()
  await enter(page, 'sophie')
  await page.waitForURL(/\/news\?show=unread$/)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('a session that ends keeps the draft and the way back of every tab', async () => {
  const visit = await fixture.visit('sophie')
  visit.expect(/status of 401/)
  const { page, context } = visit
  const other = await context.newPage()
  for (const one of [page, other]) {
    await one.goto('/news?show=unread')
    await one.getByRole('heading', { name: 'Actualités' }).waitFor()
    await one.evaluate(() => sessionStorage.setItem('draft', 'of hers'))
  }
  await context.clearCookies()
  for (const one of [page, other]) {
    await one.getByRole('link', { name: 'Mon compte' }).click()
    await one.getByText('Votre session est terminée').waitFor()
    expect(await at(one)).toBe('/sign-in?next=%2Faccount&why=session-ended')
    expect(await one.evaluate(() => sessionStorage.getItem('draft'))).toBe('of hers')
  }
  await visit.close()
})

test('cookies refused: is said, before signing in where the browser tells, else after', async () => {
  const visit = await fixture.visit(undefined)
  visit.expect(/status of 401/)
  const { page, context } = visit
  await fixture.valmont.as('ines')
  await page.goto('/sign-in?next=%2Fnews')
  // What a browser does that refuses cookies, and says that it takes them.
  page.on('response', () => void context.clearCookies().catch(() => undefined))
  await enter(page, 'ines')
  await page.getByText('refuse les cookies').waitFor()
  expect(await at(page)).toBe('/sign-in?next=%2Fnews&why=cookies-refused')
  const told = await context.newPage()
  await told.addInitScript(() => Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false }))
  await told.goto('/sign-in')
  await told.getByRole('alert').getByText('refuse les cookies').waitFor()
  await visit.close()
})

test('devices: one is signed out by its button, and no other', async () => {
  const [lost, kept] = [await fixture.visit('paul'), await fixture.visit('paul')]
  const { page } = kept
  lost.expect(/status of 401/)
  await lost.page.goto('/')
  await homeOf(lost.page, 'Paul').waitFor()
  await page.goto('/account')
  const devices = page.getByRole('region', { name: 'Mes appareils' }).getByRole('listitem')
  await devices.first().waitFor()
  const before = await devices.count()
  const others = page.getByRole('button', { name: /^Déconnecter / })
  expect(await others.count()).toBe(before - 1)
  // The sessions of both visits were begun by the same client: the other one than this was used last.
  await others.first().click()
  await page.getByText('Cet appareil est déconnecté.').waitFor()
  await expect.poll(() => devices.count()).toBe(before - 1)
  await page.reload()
  await devices.first().waitFor()
  expect(await devices.count()).toBe(before - 1)
  await lost.close()
  await kept.close()
})

test('language and theme: apply to every screen, also after a reload', async () => {
  const visit = await fixture.visit('karim')
  const { page } = visit
  await page.goto('/account')
  await page.getByLabel('English').check()
  await page.getByRole('heading', { name: 'My account' }).waitFor()
  await page.getByLabel('Dark').check()
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await paper()
  await page.goto('/')
  await homeOf(page, 'Karim').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  expect(await paper()).toBe(dark)
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await paper(), 'the choice holds against the device’s').toBe(dark)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('suspension: refuses a write at once, and says why', async () => {
  const visit = await fixture.visit('nadia')
  visit.expect(/status of 40[13]/)
  const { page } = visit
  await page.goto('/account')
  await page.getByLabel(/Adresse électronique/).fill('nadia@exemple.fr')
  await fixture.valmont.importFolder(folder => writeDeparture(folder, 'nadia'))
  await page.getByRole('button', { name: 'Enregistrer l’adresse' }).click()
  await page.waitForURL(/\/sign-in/)
  await page.getByText(/suspendu/).waitFor()
  await visit.close()
})
