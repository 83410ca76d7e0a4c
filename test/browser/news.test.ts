import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { college } from '../support/valmont.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { storedContent } from './stored-content.ts'

let fixture: Fixture
let helene: Visit
let sophie: Visit

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
  helene = await fixture.visit('helene')
  sophie = await fixture.visit('sophie', { width: 360 })
})
afterAll(() => fixture?.close())

const title = 'Conseil de classe : vos questions'
const news = { row: (page: Page, words: string) => page.getByRole('link', { name: words }) }

test('compose: shows how many people the audiences reach, restores the draft after a reload, and publishes', async () => {
  const { page } = helene
  await page.goto('/news/write')
  const recipients = page.getByRole('combobox', { name: 'Destinataires' })
  await recipients.waitFor()
  await recipients.focus()
  await page.keyboard.type('responsables')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  // Twelve pupils of 6e A: eleven with one guardian each, Inès with two. The teacher who writes reads it too.
  await page.getByText('Touchera 13 personnes').waitFor()
  await page.getByLabel('Titre').fill(title)
  await page
    .getByLabel('Texte')
    .fill('Dites-nous **avant jeudi** ce que vous voulez aborder.\n\n<b onclick="x">Merci</b>')
  await page.getByText('Brouillon enregistré').waitFor()
  await page.reload()
  await page.getByText('Votre brouillon').waitFor()
  expect(await page.getByLabel('Titre').inputValue()).toBe(title)
  await page.getByText('Touchera 13 personnes').waitFor()
  await page.getByRole('button', { name: 'Publier' }).click()
  await page.waitForURL(/\/readers$/)
  await page.getByText('0 sur 13 ont vu').waitFor()
  // For the author at once, for others with the next index.
  await page.goto('/news')
  await news.row(page, title).waitFor()
  const reader = sophie.page
  await reader.goto('/news')
  await expect
    .poll(
      async () => {
        await reader.reload()
        await news.row(reader, titleOf.outing).waitFor()
        return news.row(reader, title).count()
      },
      { interval: 1_000 },
    )
    .toBe(1)
  await news.row(reader, title).click()
  const article = reader.getByRole('article')
  await article.getByText('avant jeudi').waitFor()
  expect(await article.locator('strong').textContent()).toBe('avant jeudi')
  expect(await article.locator('b').count(), 'no HTML of an author passes').toBe(0)
  await reader.goBack()
  await news.row(reader, title).waitFor()
  expect(await news.row(reader, title).textContent()).not.toContain('Non lue')
})

test('compose: what was published is undone before anybody has seen it, and is a draft again', async () => {
  const { page } = helene
  const wrong = 'Sortie pour les autres'
  await page.goto('/news/write')
  await page.getByRole('combobox', { name: 'Destinataires' }).fill('responsables 6e A')
  await page.keyboard.press('Enter')
  await page.getByLabel('Titre').fill(wrong)
  await page.getByLabel('Texte').fill('Rendez-vous à la gare.')
  await page.getByRole('button', { name: 'Publier' }).click()
  await page.waitForURL(/\/readers$/)
  await page.getByText('Publication dans quelques secondes').waitFor()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await page.waitForURL(/\/news\/write$/)
  await page.getByText('Votre brouillon').waitFor()
  expect(await page.getByLabel('Titre').inputValue()).toBe(wrong)
  await page.getByRole('button', { name: 'Effacer le brouillon' }).click()
  await page.goto('/news/mine')
  await page.getByRole('link', { name: title }).waitFor()
  expect(await page.getByRole('link', { name: wrong }).count()).toBe(0)
})

test('compose: shows missing fields’ errors, and moves the focus to the first', async () => {
  const { page } = helene
  await page.goto('/news/write')
  await page.getByRole('combobox', { name: 'Destinataires' }).waitFor()
  await page.getByRole('button', { name: 'Publier' }).click()
  await page.getByRole('alert').filter({ hasText: '3 champs sont à corriger' }).waitFor()
  expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true')
})

test('sign: a guardian signs for her child; the author sees it and reminds only the others', async () => {
  const page = sophie.page
  await page.goto('/')
  await page.getByRole('link', { name: titleOf.rules }).click()
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  // The next notice has taken its place.
  await page.getByText(`Signé\u00a0: ${titleOf.rules}`).waitFor()
  await page.getByRole('button', { name: 'Revoir' }).click()
  await page.getByText('Signé pour Inès').waitFor()
  await page.goto('/')
  const toSign = page.locator('section').filter({ has: page.getByRole('heading', { name: 'À signer' }) })
  await toSign.getByRole('link', { name: 'Classe découverte' }).waitFor()
  await expect.poll(() => toSign.getByRole('link', { name: titleOf.rules }).count()).toBe(0)

  const nadia = await fixture.visit('nadia')
  await nadia.page.goto('/news/mine')
  await nadia.page.getByRole('link', { name: titleOf.rules }).click()
  const signatures = nadia.page.getByText(/^\d+ sur \d+ signatures$/)
  await expect.poll(() => nadia.page.reload().then(() => signatures.textContent())).toMatch(/^1 sur/)
  const remind = nadia.page.getByRole('button', { name: /^Rappeler à \d+ responsables$/ })
  const asked = Number(/\d+/.exec((await remind.textContent()) ?? '')?.[0])
  expect(asked).toBeGreaterThan(0)
  await remind.click()
  await nadia.page.getByText(`Rappel affiché à ${asked} personnes`).waitFor()
  await nadia.page.reload()
  await nadia.page.getByText(/^Dernier rappel .* Le prochain sera possible/).waitFor()
  expect(await remind.count(), 'the same people are not reminded again at once').toBe(0)
  await sophie.page.reload()
  await sophie.page.getByRole('heading', { name: 'À signer' }).waitFor()
  expect(await sophie.page.getByText('Rappel').count(), 'who has signed is left in peace').toBe(0)
  expect(nadia.troubles()).toEqual([])
  await nadia.close()
})

test('readers: which of them are shown stands in the address, and is shown again', async () => {
  const { page, troubles, close } = await fixture.visit('marc')
  await page.goto(`/news/mine?of=${college.uai}`)
  await page.getByRole('link', { name: titleOf.rules }).click()
  await page.getByRole('heading', { name: 'Lecteurs' }).waitFor()
  await page.getByRole('radio', { name: /^Tous/ }).check({ force: true })
  await page.getByLabel('Classe ou groupe').selectOption({ label: '6e A' })
  const shown = await page.evaluate(() => location.search)
  expect(shown).toMatch(/^\?state=all&group=\w+$/)
  await page.reload()
  await page.getByRole('radio', { name: /^Tous/, checked: true }).waitFor({ state: 'attached' })
  expect(await page.getByLabel('Classe ou groupe').evaluate(one => (one as HTMLSelectElement).value)).toBe(
    new URLSearchParams(shown).get('group'),
  )
  // What stands in an address that somebody typed does no harm.
  await page.goto(`${new URL(page.url()).pathname}?state=nobody&group=none&answer=9`)
  await page.getByRole('list', { name: 'Pas signé' }).waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('withdraw: a withdrawn item disappears from its readers’ lists', async () => {
  const { page } = helene
  await page.goto('/news/mine')
  await page.getByRole('link', { name: title }).click()
  await page.getByRole('button', { name: 'Retirer' }).click()
  await page.getByText('Retirée', { exact: true }).waitFor()
  // Undone, and withdrawn again: its readers are still counted.
  await page.getByRole('button', { name: 'Annuler' }).click()
  await page.getByText('Publiée', { exact: true }).waitFor()
  await page.getByText('1 sur 13 ont vu').waitFor()
  await page.getByRole('button', { name: 'Retirer' }).click()
  await page.getByText('Retirée', { exact: true }).waitFor()
  const reader = sophie.page
  await reader.goto('/news')
  await news.row(reader, titleOf.outing).waitFor()
  await expect
    .poll(
      async () => {
        await reader.reload()
        await news.row(reader, titleOf.outing).waitFor()
        return news.row(reader, title).count()
      },
      { interval: 1_000 },
    )
    .toBe(0)
})

test('offline: shows cached content with its age, and a signature waits for the network and leaves with it', async () => {
  const { page, context } = sophie
  await page.goto('/news')
  await news.row(page, titleOf.outing).waitFor()
  await page.getByRole('link', { name: 'Classe découverte' }).click()
  await page.getByRole('button', { name: 'Signer', exact: true }).waitFor()
  await page.goBack()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => storedContent(page)).toContain('"body":"Nous partons trois jours')
  sophie.expect(/ERR_INTERNET_DISCONNECTED/)
  await context.setOffline(true)
  await page.reload()
  await news.row(page, titleOf.outing).waitFor()
  await page.getByText('Vous êtes hors connexion').first().waitFor()
  await page.getByText(/^À jour à/).waitFor()
  await page.getByRole('link', { name: 'Classe découverte' }).click()
  await page.getByRole('button', { name: 'Signer', exact: true }).click()
  await page.getByText('est en attente du réseau').waitFor()
  // Nobody touches it again.
  await context.setOffline(false)
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
})

test.each([
  ['sophie', titleOf.outing, ['/api/home']],
  // A teacher is told what is handed in as well.
  ['helene', titleOf.outing, ['/api/home', '/api/news/mine']],
  ['marc', titleOf.urgent, [/^\/api\/schools\/\w+\/news$/]],
] as const)('home: %s sees it after one private request, a teacher after two', async (who, shown, asked) => {
  const visit = await fixture.visit(who)
  const { page } = visit
  const paths: string[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/') && !pathname.startsWith('/api/audiences/')) paths.push(pathname)
  })
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: shown }).first().waitFor()
  expect(paths.sort()).toEqual(asked.map(path => expect.stringMatching(path)))
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('the tests above: no console error, no violation of the Content-Security-Policy, no other host', () => {
  expect([...helene.troubles(), ...sophie.troubles()]).toEqual([])
})
