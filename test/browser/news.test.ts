import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { openStage, type Stage, type Visit } from './stage.ts'

let stage: Stage
let helene: Visit
let sophie: Visit

beforeAll(async () => {
  stage = await openStage()
  await publishNews(stage.valmont)
  helene = await stage.visit('helene')
  sophie = await stage.visit('sophie', { width: 360 })
})
afterAll(() => stage?.close())

const title = 'Conseil de classe : vos questions'
const news = { row: (page: Page, words: string) => page.getByRole('link', { name: words }) }

test('compose: the picker says how many it reaches, a reload keeps the draft, and others read it', async () => {
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
  // For the author at once, for others within the ten seconds that a shared read may be old.
  await page.goto('/news')
  await news.row(page, title).waitFor()
  const reader = sophie.page
  await reader.goto('/news')
  await expect
    .poll(() => reader.reload().then(() => news.row(reader, title).isVisible()), { timeout: 15_000, interval: 1_000 })
    .toBe(true)
  await news.row(reader, title).click()
  const article = reader.getByRole('article')
  await article.getByText('avant jeudi').waitFor()
  expect(await article.locator('strong').textContent()).toBe('avant jeudi')
  expect(await article.locator('b').count(), 'no HTML of an author passes').toBe(0)
  await reader.goBack()
  await news.row(reader, title).waitFor()
  expect(await news.row(reader, title).textContent()).not.toContain('Non lue')
})

test('compose: what is missing is said beside its field, and the focus goes there', async () => {
  const { page } = helene
  await page.goto('/news/write')
  await page.getByRole('combobox', { name: 'Destinataires' }).waitFor()
  await page.getByRole('button', { name: 'Publier' }).click()
  await page.getByRole('alert').filter({ hasText: '3 champs sont à corriger' }).waitFor()
  expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true')
})

test('sign: a guardian signs for her child, and the author sees it and reminds the others only', async () => {
  const page = sophie.page
  await page.goto('/')
  await page.getByRole('link', { name: titleOf.rules }).click()
  await page.getByRole('button', { name: 'Signer pour Inès' }).click()
  await page.getByText('Signé pour Inès').waitFor()
  await page.goto('/')
  const toSign = page.locator('section').filter({ has: page.getByRole('heading', { name: 'À signer' }) })
  await toSign.getByRole('link', { name: 'Classe découverte' }).waitFor()
  await expect.poll(() => toSign.getByRole('link', { name: titleOf.rules }).count()).toBe(0)

  const nadia = await stage.visit('nadia')
  await nadia.page.goto('/news/mine')
  await nadia.page.getByRole('link', { name: titleOf.rules }).click()
  await expect
    .poll(() => nadia.page.reload().then(() => nadia.page.getByText('1 sur').last().textContent()), { timeout: 15_000 })
    .toMatch(/^1 sur \d+ signatures$/)
  await nadia.page.getByRole('button', { name: 'Prévenir ceux qui n’ont pas signé' }).click()
  const told = await nadia.page
    .getByText(/\d+ personnes prévenues/)
    .first()
    .textContent()
  expect(Number.parseInt(told ?? '', 10)).toBeGreaterThan(0)
  await sophie.page.reload()
  await sophie.page.getByRole('heading', { name: 'À signer' }).waitFor()
  expect(await sophie.page.getByText('Rappel').count(), 'who has signed is left in peace').toBe(0)
  expect(nadia.troubles()).toEqual([])
  await nadia.close()
})

test('withdraw: what is taken back is gone from its readers’ lists', async () => {
  const { page } = helene
  await page.goto('/news/mine')
  await page.getByRole('link', { name: title }).click()
  await page.getByRole('button', { name: 'Retirer' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click()
  await page.getByText('Retirée', { exact: true }).waitFor()
  const reader = sophie.page
  await reader.goto('/news')
  await news.row(reader, titleOf.outing).waitFor()
  await expect
    .poll(
      () =>
        reader
          .reload()
          .then(() => news.row(reader, titleOf.outing).waitFor())
          .then(() => news.row(reader, title).count()),
      {
        timeout: 15_000,
        interval: 1_000,
      },
    )
    .toBe(0)
})

test('offline: the last content is shown with its age, and a signature is not lost in silence', async () => {
  const { page, context } = sophie
  await page.goto('/news')
  await news.row(page, titleOf.outing).waitFor()
  await page.getByRole('link', { name: 'Classe découverte' }).click()
  await page.getByRole('button', { name: 'Signer', exact: true }).waitFor()
  await page.goBack()
  await page.evaluate(() => navigator.serviceWorker.ready)
  // What was read is kept a second later.
  await page.waitForTimeout(1_500)
  sophie.expect(/ERR_INTERNET_DISCONNECTED/)
  await context.setOffline(true)
  await page.reload()
  await news.row(page, titleOf.outing).waitFor()
  await page.getByText('Vous êtes hors connexion').first().waitFor()
  await page.getByText(/^Lu aujourd’hui/).waitFor()
  await page.getByRole('link', { name: 'Classe découverte' }).click()
  await page.getByRole('button', { name: 'Signer', exact: true }).click()
  await page.getByRole('alert').waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Signer', exact: true }).click()
  await page
    .getByText(/^Signé/)
    .first()
    .waitFor()
})

test('the walks above: no error on the console, no breach of the content policy, no other host', () => {
  expect([...helene.troubles(), ...sophie.troubles()]).toEqual([])
})
