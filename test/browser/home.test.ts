import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { bringNights } from '../support/nights.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

let fixture: Fixture
let sophie: Visit

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
  sophie = await fixture.visit('sophie', { width: 360, height: 740 })
})
afterAll(() => fixture?.close())

const child = (page: Page, name: string) => page.getByRole('article').filter({ hasText: new RegExp(`^[A-Z]?${name}`) })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

test('home: what is urgent stands first, in full, and is read in place', async () => {
  const { page } = sophie
  await page.goto('/')
  const urgent = page.getByRole('article').filter({ hasText: titleOf.urgent })
  await urgent.getByText('les cars ne circulent pas demain matin. Le collège reste ouvert.').waitFor()
  const box = await urgent.boundingBox()
  expect((box?.y ?? Number.NaN) + (box?.height ?? Number.NaN), 'above the fold').toBeLessThan(600)
  const before = await child(page, 'Inès')
    .getByRole('link', { name: /\d+ à lire/ })
    .textContent()
  await urgent.getByRole('button', { name: 'J’ai lu' }).click()
  await urgent.waitFor({ state: 'detached' })
  expect(await focused(page), 'the focus goes on').toContain('Inès')
  // Read, it stays as one line until its day is over.
  const line = page.getByRole('group').filter({ hasText: titleOf.urgent })
  await line.getByText('lu', { exact: true }).waitFor()
  await line.locator('summary').click()
  await line.getByText('Le collège reste ouvert.').waitFor()
  const count = (text: string | null) => Number(/\d+/.exec(text ?? '')?.[0])
  const after = child(page, 'Inès').getByRole('link', { name: /à lire/ })
  expect(count(await after.textContent())).toBe(count(before) - 1)
})

test('home: a child’s card leads to what there is for that child', async () => {
  const { page } = sophie
  await page.goto('/')
  await child(page, 'Jules').getByRole('link', { name: '1 à signer' }).click()
  await page.waitForURL(/\/news\?show=sign&of=/)
  await page.getByRole('link', { name: 'Classe découverte' }).waitFor()
  expect(await page.getByRole('main').getByRole('link', { name: titleOf.rules }).count()).toBe(0)
})

test('home: notices are signed one after the other, without leaving', async () => {
  const { page } = sophie
  await page.goto('/')
  const due = page.locator('section').filter({ has: page.getByRole('heading', { name: 'À signer 2 mots' }) })
  await due.getByText('Merci de lire le règlement avec votre enfant').waitFor()
  await due.getByRole('button', { name: 'Signer pour Inès' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(`Signé : ${titleOf.rules}`).waitFor()
  await page.getByText('Nous partons trois jours en juin').waitFor()
  expect(await focused(page), 'the focus is at the next one').toMatch(/^À signer/)
  await page.getByRole('button', { name: 'Signer', exact: true }).click()
  await page.getByText('Signé : Classe découverte').waitFor()
  await child(page, 'Jules').getByText('Rien à signer').waitFor()
  expect(await page.getByRole('heading', { name: /^À signer/ }).count()).toBe(0)
  expect(sophie.troubles()).toEqual([])
})

test('home: what waits stands beside what is new where there is room', async () => {
  for (const who of ['karim', 'helene', 'marc'] as const) {
    const visit = await fixture.visit(who, { width: 1280 })
    await visit.page.goto('/')
    const columns = async () => {
      const headings = await visit.page.getByRole('main').getByRole('heading', { level: 2 }).all()
      const lefts = await Promise.all(headings.map(async one => Math.round((await one.boundingBox())?.x ?? 0)))
      return new Set(lefts).size
    }
    await expect.poll(columns).toBeGreaterThanOrEqual(2)
    expect(visit.troubles()).toEqual([])
    await visit.close()
  }
})

test('home: who looks after a directory sees which import waits, and who has no code', async () => {
  await bringNights(fixture.territory)
  const thomas = await fixture.visit('thomas', { width: 360, height: 740 })
  const { page } = thomas
  await page.goto('/')
  const waiting = page.getByRole('link', { name: /^Import retenu.*\d+ personnes sur \d+ partiraient.*À confirmer/ })
  await waiting.waitFor()
  const box = await waiting.boundingBox()
  expect((box?.y ?? Number.NaN) + (box?.height ?? Number.NaN), 'above the fold').toBeLessThan(600)
  // Everybody of Valmont was given a code but those whom the nights brought.
  const main = page.getByRole('main')
  await main.getByText(/\d+ comptes? activés? · \d+ codes remis · \d+ personnes? sans code/).waitFor()
  await main
    .getByRole('link', { name: /^6e [AB].*sans code valable/ })
    .first()
    .waitFor()
  // What they come for is the one act that a phone has room for; a desktop has writing news beside it.
  const act = page.getByRole('link', { name: 'Donner des codes' })
  await act.waitFor()
  expect(await page.getByRole('link', { name: 'Écrire une actualité' }).count()).toBe(0)
  await waiting.click()
  await page.getByRole('button', { name: 'Confirmer les départs' }).waitFor()
  await page.goBack()
  await act.click()
  await page.getByLabel('Rechercher').waitFor()
  expect(thomas.troubles()).toEqual([])
  await thomas.close()
  // The head can answer it too, and sees no more of the directory than that.
  const marc = await fixture.visit('marc', { width: 1280 })
  await marc.page.goto('/')
  await marc.page.getByRole('link', { name: /^Import retenu/ }).waitFor()
  expect(await marc.page.getByRole('heading', { name: 'Comptes' }).count()).toBe(0)
  expect(marc.troubles()).toEqual([])
  await marc.close()
})
