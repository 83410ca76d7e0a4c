import { afterAll, beforeAll, expect, test } from 'vitest'
import { listName } from '../../shared/kernel/names.ts'
import { builtAssembly } from '../support/built.ts'
import { bringNight } from '../support/nights.ts'
import { idOf, leaver, writeNight } from '../support/valmont.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await bringNight(fixture.territory, 'changes', writeNight)
})
afterAll(() => fixture?.close())

test('an administrator reads what goes and what stays, types the name, and erases who left', async () => {
  const { page, troubles, close } = await fixture.visit('thomas')
  const { id, givenName, familyName } = leaver()
  await page.goto(`/directory/people/${id}`)
  await page.getByRole('button', { name: 'Effacer cette personne' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Ce qui est effacé').waitFor()
  await dialog.getByText('Ce qui reste, et pourquoi').waitFor()
  const name = dialog.getByLabel('Pour confirmer, écrivez son nom')
  await name.fill(givenName)
  // Enter erases nobody.
  await name.press('Enter')
  await dialog.getByRole('button', { name: 'Effacer définitivement' }).click()
  await dialog.getByText('Ce n’est pas ce nom.').waitFor()
  await name.fill(`${familyName.toUpperCase()} ${givenName.toLowerCase()}`)
  await dialog.getByRole('button', { name: 'Effacer définitivement' }).click()
  await page.getByText('Le compte est effacé.').waitFor()
  expect(new URL(page.url()).pathname).toBe('/directory')
  // Their guardian had left with them.
  await page.goto('/directory?role=suspended')
  await page.getByRole('list', { name: 'Personnes de l’établissement' }).waitFor()
  await expect.poll(() => page.getByText(listName({ givenName, familyName })).count()).toBe(0)
  expect(troubles()).toEqual([])
  await close()
})

test('the page of somebody whom the directory describes says why they cannot be erased', async () => {
  const { page, troubles, close } = await fixture.visit('marc')
  await page.goto(`/directory/people/${idOf('sophie')}`)
  await page.getByText('son compte ne peut pas être effacé').waitFor()
  expect(await page.getByRole('button', { name: 'Effacer cette personne' }).count()).toBe(0)
  expect(troubles()).toEqual([])
  await close()
})
