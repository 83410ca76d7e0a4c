import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await fixture.valmont.as('sophie')
})
afterAll(() => fixture?.close())

const pages = [
  ['Aide', 'Entrer dans Préau'],
  ['Mentions légales', 'Éditeur'],
  ['Données personnelles', 'Vos droits'],
  ['Accessibilité\u00a0: non conforme', 'Voies de recours'],
] as const

test('who is signed in reads help and notices from their account, within the app, and comes back', async () => {
  const { page, troubles, close } = await fixture.visit('sophie', { width: 360 })
  for (const [label, part] of pages) {
    await page.goto('/account')
    await page.getByRole('link', { name: label }).click()
    await page.getByRole('heading', { name: part }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Rubriques' }).isVisible()).toBe(true)
    await page.getByRole('link', { name: 'Mon compte', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Mon compte' }).waitFor()
  }
  expect(troubles()).toEqual([])
  await close()
})

test('every screen of the app has them at its end, above the menu, and none is printed', async () => {
  const { page, troubles, close } = await fixture.visit('helene', { width: 360, height: 740 })
  for (const path of ['/', '/news', '/news/write', '/news/mine', '/directory', '/account', '/help']) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const mention = page.getByRole('link', { name: 'Accessibilité\u00a0: non conforme' })
    expect(await mention.count(), path).toBe(1)
    await mention.scrollIntoViewIfNeeded()
    // Nothing of the app, as its menu or a button, lies over it.
    const isOnTop = await mention.evaluate(link => {
      scrollTo(0, document.body.scrollHeight)
      const { left, right, top, bottom } = link.getBoundingClientRect()
      const middle = (top + bottom) / 2
      return [left + 1, right - 1].every(x => link.contains(document.elementFromPoint(x, middle)))
    })
    expect(isOnTop, path).toBe(true)
  }
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('link', { name: 'Accessibilité\u00a0: non conforme' }).isVisible()).toBe(false)
  expect(troubles()).toEqual([])
  await close()
})

test('who has signed out reads them without a network on a device that knows Préau', async () => {
  const visit = await fixture.visit('sophie', { width: 360 })
  visit.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch|status of 401/)
  const { page, context, close } = visit
  await page.goto('/account')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
  await context.setOffline(true)
  for (const [label, part] of pages) {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: label }).click()
    await page.getByRole('heading', { name: part }).waitFor()
  }
  await close()
})
