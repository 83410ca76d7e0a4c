import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college } from '../support/valmont.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
let news: string

const families = audienceId('class-guardians', classes.sixA)
const draft = { uai: college.uai, body: 'Départ à 8 h 30.', pinned: false, urgent: false, audiences: [families] }

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  const author = await fixture.valmont.as('marc')
  const publish = (title: string, notice: 'none' | 'pupil') =>
    accepted(author.ask(newsContract.routes.publish, { body: { ...draft, title, notice } }))
  news = (await publish('Sortie au musée', 'pupil')).body.id
  await publish('Menu de la semaine', 'none')
  // What is new to the head himself.
  const nadia = await fixture.valmont.as('nadia')
  const audiences = [audienceId('school', college.uai)]
  await accepted(
    nadia.ask(newsContract.routes.publish, { body: { ...draft, audiences, title: 'Réunion', notice: 'none' } }),
  )
})
afterAll(() => fixture?.close())

const boxOf = async (of: Locator) => {
  await of.waitFor()
  const box = await of.boundingBox()
  if (!box) throw new Error('is not shown')
  return box
}

test('writing on a desktop: what will be seen and who is reached stand beside the form, and follow it', async () => {
  const { page, troubles, close } = await fixture.visit('helene', { width: 1280 })
  await page.goto('/news/write')
  const recipients = page.getByRole('combobox', { name: 'Destinataires' })
  await recipients.fill('responsables 6e A')
  await recipients.press('Enter')
  await page.getByLabel('Titre').fill('Sortie au zoo')
  await page.getByRole('textbox', { name: 'Texte' }).fill('Prévoir **un pique-nique**.')
  await page.getByLabel('Une signature par élève').check()
  await page.getByLabel('Oui ou non').check()
  await page.getByRole('textbox', { name: 'Question' }).fill('Vient-il ?')
  const beside = page.getByRole('complementary')
  await beside.getByRole('heading', { name: 'Sortie au zoo' }).waitFor()
  await beside.locator('strong', { hasText: 'un pique-nique' }).waitFor()
  await beside.getByText('Vient-il\u00a0?').waitFor()
  expect(await beside.getByRole('article').getByRole('listitem').allTextContents()).toEqual(['Oui', 'Non'])
  await beside.getByText('Responsables · 6e A').waitFor()
  await expect.poll(() => beside.getByText(/\d+\s+personnes/).count()).toBe(1)
  // What looks like answers cannot be pressed, and there is nothing to switch to.
  expect(await beside.getByRole('button').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Aperçu' }).count()).toBe(0)
  const [left, right] = [await boxOf(page.getByLabel('Titre')), await boxOf(beside)]
  expect(right.x).toBeGreaterThan(left.x + left.width)
  expect(right.y).toBeLessThan(200)
  // On a narrower window the text is shown in the place of the field, as before.
  await page.setViewportSize({ width: 768, height: 800 })
  await page.getByRole('button', { name: 'Aperçu' }).click()
  await page.locator('strong', { hasText: 'un pique-nique' }).waitFor()
  expect(await beside.count()).toBe(0)
  // And on a wider one the field is there again.
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('textbox', { name: 'Texte' }).waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('readers on a desktop: counts and filter stand beside the list, which begins at the top', async () => {
  const { page, troubles, close } = await fixture.visit('marc', { width: 1280 })
  await page.goto(`/news/${news}/readers`)
  const list = page.getByRole('region', { name: 'Lecteurs' })
  await list.getByRole('listitem').first().waitFor()
  const [filter, rows] = [await boxOf(page.getByRole('heading', { name: 'Lecteurs' })), await boxOf(list)]
  expect(rows.x).toBeGreaterThan(filter.x + 100)
  expect(rows.y).toBeLessThan(200)
  await page.setViewportSize({ width: 768, height: 800 })
  expect((await boxOf(list)).y).toBeGreaterThan((await boxOf(page.getByRole('heading', { name: 'Lecteurs' }))).y)
  expect(troubles()).toEqual([])
  await close()
})

test('Home of a head on a desktop: what is to be signed, what was not seen and what is new stand side by side', async () => {
  const { page, troubles, close } = await fixture.visit('marc', { width: 1280 })
  await page.goto('/')
  const panes = ['Mots à signer', 'Pas encore vu', 'Les plus récentes']
  const boxes = []
  for (const name of panes) boxes.push(await boxOf(page.getByRole('heading', { name })))
  const [signed, seen, newest] = boxes.map(({ x }) => x)
  expect(seen).toBeGreaterThan((signed ?? 0) + 200)
  expect(newest).toBeGreaterThan((seen ?? 0) + 200)
  expect(Math.max(...boxes.map(({ y }) => y)) - Math.min(...boxes.map(({ y }) => y))).toBeLessThan(8)
  expect(troubles()).toEqual([])
  await close()
})
