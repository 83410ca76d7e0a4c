import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsContract } from '../../shared/news/contract.ts'
import type { PublishedNews } from '../../shared/news/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { password } from '../support/populate.ts'
import { timeoutMs } from '../support/timeout.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { homeOf } from './home.ts'
import { storedContent } from './stored-content.ts'

let fixture: Fixture
let helene: Visit
let sophie: Visit

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
  helene = await fixture.visit('helene')
  sophie = await fixture.visit('sophie', { width: 360, height: 740 })
  sophie.expect(/ERR_INTERNET_DISCONNECTED/)
})
afterAll(() => fixture?.close())

/** Opens the outing in its present text, which boards bring within seconds: a page that is loaded anew asks at once. */
const open = async (page: Page, text: string) => {
  const shown = page.getByRole('article').getByText(text)
  for (let tried = 0; tried < 10; tried++) {
    await page.goto('/news')
    await page.getByRole('main').getByRole('link', { name: titleOf.outing }).click()
    const isThere = await shown.waitFor({ timeout: timeoutMs(0.2) }).then(
      () => true,
      () => false,
    )
    if (isThere) return
  }
  throw new Error(`the outing does not say ${text}`)
}
/** Changes the text of the outing as its author. */
const edit = async (body: string) => {
  const { page } = helene
  await page.goto('/news/mine')
  await page.getByRole('link', { name: titleOf.outing }).click()
  await page.getByRole('link', { name: 'Modifier' }).click()
  await page.getByLabel('Texte').fill(body)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForURL(/\/readers$/)
}
const signIn = async (page: Page, who: 'sophie' | 'karim') => {
  await page.goto('/sign-in')
  await page.getByLabel('Identifiant').fill(fixture.valmont.credentials(who).login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
const signOut = async (page: Page) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Se déconnecter de cet appareil' }).click()
  await page.getByLabel('Identifiant').waitFor()
}
const signatures = async () => {
  const teacher = await fixture.valmont.as('helene')
  const { items } = (await accepted(teacher.ask(newsContract.routes.mine))).body
  return items.find((one: PublishedNews) => one.title === titleOf.outing)?.signed
}

test('a signature without a network is kept over screens, a reload and a new tab, and goes out once', async () => {
  const { page, context } = sophie
  await edit('Sortie au ski avec pique-nique, 460 €.')
  await open(page, '460 €')
  await page.evaluate(() => navigator.serviceWorker.ready)
  const before = await signatures()
  await page.getByRole('button', { name: 'Signer pour Inès' }).waitFor()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await page.getByText('est en attente du réseau').waitFor()
  await page.getByText('même si vous quittez cette page').waitFor()
  // Another screen, and the app begun anew without a network.
  await page.getByRole('link', { name: 'Accueil' }).click()
  await homeOf(page, 'Sophie').waitFor()
  await page.getByText('1 envoi attend le réseau sur cet appareil').waitFor()
  await page.reload()
  await page.getByText('1 envoi attend le réseau sur cet appareil').waitFor()
  const other = await context.newPage()
  await other.goto('/')
  await other.getByText('1 envoi attend le réseau sur cet appareil').waitFor()
  expect(await signatures()).toBe(before)
  await context.setOffline(false)
  await page.getByText('envoi attend').waitFor({ state: 'detached' })
  await open(page, '460 €')
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
  await expect.poll(signatures).toBe((before ?? 0) + 1)
  await other.close()
})

test('what is refused when it is sent later stays, with the reason where it was made, until it is settled', async () => {
  const { page, context } = sophie
  await edit('Sortie au ski avec pique-nique, 480 €.')
  await open(page, '480 €')
  await page.getByRole('button', { name: 'Signer pour Inès' }).waitFor()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await page.getByText('est en attente du réseau').waitFor()
  await page.getByRole('link', { name: 'Accueil' }).click()
  await edit('Sortie au ski avec pique-nique, 520 €.')
  sophie.expect(/status of 409/)
  await context.setOffline(false)
  const told = page.getByRole('alert').filter({ hasText: titleOf.outing })
  await told.getByText('n’a pas été accepté').waitFor()
  await page.reload()
  await told.getByRole('link', { name: 'Voir pourquoi' }).click()
  await page.getByRole('article').getByText('520 €').waitFor()
  await page.getByRole('main').getByText('Le contenu a changé depuis que vous l’avez ouvert').waitFor()
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
  await told.waitFor({ state: 'detached' })
})

test('an account that is signed out keeps what waits, and nobody else on the device sends or sees it', async () => {
  const { page, context } = sophie
  await edit('Sortie au ski avec pique-nique, 540 €.')
  await open(page, '540 €')
  // Only what signs finds no network: signing out does.
  sophie.expect(/ERR_FAILED/)
  await context.route('**/api/news/*/signature', route => route.abort())
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await page.getByText('est en attente du réseau').waitFor()
  await signOut(page)
  await context.unroute('**/api/news/*/signature')
  await signIn(page, 'karim')
  await homeOf(page, 'Karim').waitFor()
  await open(page, '540 €')
  await page.getByRole('button', { name: 'Signer pour Inès' }).waitFor()
  expect(await page.getByText('envoi attend').count()).toBe(0)
  await signOut(page)
  await signIn(page, 'sophie')
  await homeOf(page, 'Sophie').waitFor()
  await open(page, '540 €')
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
})

test('what was opened without a network is told once, from a page that was begun anew meanwhile', async () => {
  const { id } = await (async () => {
    const reader = await fixture.valmont.as('nadia')
    const { items } = (await accepted(reader.ask(newsContract.routes.mine))).body
    return items.find((one: PublishedNews) => one.title === titleOf.rules) as PublishedNews
  })()
  const visit = await fixture.visit('karim', { width: 360, height: 740 })
  const { page, context } = visit
  visit.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  await page.goto('/news')
  await page.getByRole('main').getByRole('link', { name: titleOf.rules }).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => storedContent(page)).toContain(titleOf.rules)
  await context.setOffline(true)
  await page.getByRole('main').getByRole('link', { name: titleOf.rules }).click()
  await page.getByRole('article').getByText('Les téléphones restent éteints').waitFor()
  await expect.poll(() => storedContent(page)).toContain('"write":"news.seen"')
  await page.goto('/')
  await homeOf(page, 'Karim').waitFor()
  // It is nothing that somebody made: nobody is told that it waits.
  expect(await page.getByText('envoi attend').count()).toBe(0)
  const told: string[] = []
  context.on('request', request => {
    if (new URL(request.url()).pathname === newsContract.routes.seen.path) told.push(request.postData() ?? '')
  })
  await context.setOffline(false)
  await expect.poll(() => storedContent(page), { timeout: timeoutMs(6) }).not.toContain('"write":"news.seen"')
  expect(told.filter(body => body.includes(id))).toHaveLength(1)
  const karim = await fixture.valmont.as('karim')
  const { items } = (await accepted(karim.ask(newsContract.routes.marked, { query: { news: id } }))).body
  expect(items).toMatchObject([{ news: id, seenAt: expect.any(String) }])
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([...helene.troubles(), ...sophie.troubles()]).toEqual([])
})
