import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { idOf } from '../support/valmont.ts'
import { publishNews, titleOf } from '../support/valmont-news.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await publishNews(fixture.valmont)
})
afterAll(() => fixture?.close())

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('a head freezes a teacher’s account, takes back what it published, and ends the freeze', async () => {
  const { page, troubles, close } = await fixture.visit('marc')
  await page.goto(`/directory/people/${idOf('helene')}`)
  await press(page, 'Geler ses publications')
  await page.getByLabel('Motif').fill('Mot de passe volé')
  await press(page, 'Geler')
  await page.getByText('Publications gelées', { exact: true }).waitFor()
  await page.getByText('Mot de passe volé').first().waitFor()
  const outing = page.getByRole('listitem').filter({ hasText: titleOf.outing })
  await outing.getByRole('button', { name: 'Retirer' }).click()
  await outing.getByText('Retirée').waitFor()

  // Her sessions were ended with it; signed in again, she is told.
  const helene = await fixture.visit('helene')
  await helene.page.goto('/')
  await helene.page.getByText('Marc Vasseur a gelé vos publications').waitFor()
  await helene.close()

  await press(page, 'Lever le gel')
  await page.getByRole('button', { name: 'Geler ses publications' }).waitFor()
  await page.getByText('Fin du gel des publications').waitFor()
  expect(troubles()).toEqual([])
  await close()
})
