import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsContract } from '../../shared/news/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { college } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
})
afterAll(() => fixture?.close())

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const unfold = (page: Page, name: string) => page.locator('summary').filter({ hasText: name }).click()
const recipients = (page: Page) => page.getByRole('combobox', { name: 'Destinataires' })
const chosen = (page: Page) =>
  page.getByRole('list', { name: 'Destinataires choisis' }).getByRole('listitem').allTextContents()

test('a level is one choice, kept as a list of one’s own, and shows by name whom it reaches', async () => {
  const { page, troubles, close } = await fixture.visit('marc', { width: 360, height: 740 })
  await page.goto('/news/write')
  await recipients(page).fill('responsables classes de 6e')
  await page.getByRole('option', { name: /^Responsables · toutes les classes de 6e/ }).click()
  const level = 'Responsables · toutes les classes de 6e (6e A, 6e B)'
  expect(await chosen(page)).toEqual([level])
  await recipients(page).press('Escape')
  await unfold(page, 'Voir qui sera touché')
  await page.getByText('MARCHAND Sophie').waitFor()
  await page
    .getByText(/pour Inès/)
    .first()
    .waitFor()
  const counted = await page.getByText(/^Touchera \d+ personnes/).textContent()
  const count = /\d+/.exec(counted ?? '')?.[0]
  await page.getByText(`${count} personnes`, { exact: true }).waitFor()
  const names = page.getByRole('list', { name: 'Voir qui sera touché' }).getByRole('listitem')
  expect(await names.count()).toBe(Number(count))
  expect(await violations(page)).toEqual([])

  await unfold(page, 'Mes listes de destinataires')
  await press(page, 'Enregistrer la liste')
  await page.getByText('Donnez un nom à la liste.').waitFor()
  await page.getByLabel('Nom de la liste').fill('Parents de 6e')
  await press(page, 'Enregistrer la liste')
  await press(page, `Retirer ${level}`)
  await press(page, 'Choisir : Parents de 6e')
  expect(await chosen(page)).toEqual([level])
  expect(await violations(page)).toEqual([])
  await press(page, 'Supprimer la liste Parents de 6e')
  await page.getByRole('button', { name: 'Choisir : Parents de 6e' }).waitFor({ state: 'hidden' })
  expect(troubles()).toEqual([])
  await close()
})

test('a template begins another notice, and a publication is copied, with nothing published', async () => {
  const { page, troubles, close } = await fixture.visit('marc')
  const marc = await fixture.valmont.as('marc')
  const count = async () =>
    (await accepted(marc.ask(newsContract.routes.ofSchool, { params: { uai: college.uai } }))).body.items.length
  const before = await count()
  await page.goto('/news/write')
  await page.getByLabel('Titre').fill('Sortie au musée')
  await page.getByLabel('Texte').fill('Départ à 8 h 30.')
  await page.getByLabel('Une signature par élève').check()
  await page.getByLabel('oui ou non').check()
  await page.getByLabel('Question', { exact: true }).fill('Autorisez-vous votre enfant à participer ?')
  await unfold(page, 'Modèles')
  await page.getByText('Aucun modèle pour l’instant').waitFor()
  await page.getByLabel('Nom du modèle').fill('Sortie')
  await page.getByLabel('Pour tous ceux qui publient').check()
  await press(page, 'Enregistrer comme modèle')
  await page.getByText('Modèle enregistré : Sortie').waitFor()
  expect(await violations(page)).toEqual([])

  // Somebody else of the school begins from it.
  const helene = await fixture.visit('helene')
  await helene.page.goto('/news/write')
  await unfold(helene.page, 'Modèles')
  await helene.page.getByRole('link', { name: /Partir de/ }).click()
  await helene.page.getByText('Repris d’un modèle').waitFor()
  expect(await helene.page.getByLabel('Titre').inputValue()).toBe('Sortie au musée')
  expect(await helene.page.getByLabel('Question', { exact: true }).inputValue()).toMatch(/^Autorisez-vous/)
  await recipients(helene.page).fill('responsables 6e A')
  await helene.page
    .getByRole('option')
    .filter({ hasText: /^Responsables · 6e A/ })
    .click()
  await recipients(helene.page).press('Escape')
  expect(await count()).toBe(before)
  await press(helene.page, 'Publier')
  await helene.page.waitForURL(/\/readers$/)

  await helene.page.getByRole('link', { name: 'Dupliquer' }).click()
  await helene.page.getByText('Copie d’une publication').waitFor()
  expect(await helene.page.getByLabel('Titre').inputValue()).toBe('Sortie au musée')
  expect(await chosen(helene.page)).toEqual(['Responsables · 6e A'])
  await helene.page.getByLabel('Titre').fill('Sortie au zoo')
  expect(await violations(helene.page)).toEqual([])
  expect(await count()).toBe(before + 1)
  await press(helene.page, 'Publier')
  await helene.page.waitForURL(/\/readers$/)
  expect(await count()).toBe(before + 2)
  expect(troubles()).toEqual([])
  expect(helene.troubles()).toEqual([])
  await helene.close()
  await close()
})
