import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { bringNight } from '../support/nights.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes, writeWithoutSixB } from '../support/valmont.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  await bringNight(fixture.territory, 'without-6B', writeWithoutSixB)
})
afterAll(() => fixture?.close())

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const goTo = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
const patient = { timeout: timeoutMs(30) }

test(
  'ImportScreen shows a held delivery, whose confirmation takes a class away, and whose undoing brings it back',
  async () => {
    const moussa = await fixture.visit('moussa')
    await moussa.page.goto('/')
    await homeOf(moussa.page, 'Moussa').waitFor()
    const { page, troubles, close } = await fixture.visit('thomas')
    await page.goto('/')
    await goTo(page, 'Imports')
    await page.getByText('Le fichier ferait partir 20 personnes').waitFor()
    await page.getByText('La classe 6e B y manque entièrement.').waitFor()
    await press(page, 'Voir les 20 noms')
    await page.getByRole('link', { name: 'TRAORÉ Moussa' }).waitFor()
    await page.getByRole('link', { name: 'TRAORÉ Awa' }).waitFor()

    await press(page, 'Refuser, garder les 20 comptes')
    await page.getByText('Refusé par Thomas Leroux').waitFor()
    await press(page, 'Confirmer les départs')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('20 personnes quittent l’établissement').waitFor()
    await dialog.getByRole('button', { name: 'Confirmer les départs' }).click()

    const rows = page.getByRole('list', { name: 'Imports de l’établissement' })
    await rows.getByText('20 partis').waitFor(patient)
    await rows.getByRole('link').first().click()
    await page.getByText('Importé après confirmation.').waitFor()
    await press(page, 'Voir les 16 autres')
    await page.getByText('TRAORÉ Moussa', { exact: true }).waitFor()
    const address = new URL(page.url()).pathname
    expect(address).toMatch(/^\/imports\/\w+\/[\w-]+$/)
    await moussa.page.goto('/')
    await moussa.page.getByLabel('Identifiant').waitFor(patient)

    await press(page, 'Annuler cet import')
    await dialog.getByText('reviennent avec leurs classes').waitFor()
    await dialog.getByRole('button', { name: 'Annuler cet import' }).click()
    await page.getByText('Annulé par Thomas Leroux').waitFor()
    await rows.getByText('annulation, 20 arrivés').waitFor(patient)
    await page.goto(`/directory/classes/${classes.sixB}`)
    await page.getByText('TRAORÉ Moussa', { exact: true }).waitFor()
    await page.goto(address)
    await page.getByText('Annulé par Thomas Leroux').waitFor()
    expect(await page.getByRole('button', { name: 'Annuler cet import' }).count()).toBe(0)
    expect(troubles()).toEqual([])
    const again = await fixture.visit('moussa')
    await again.page.goto('/')
    await homeOf(again.page, 'Moussa').waitFor()
    await again.close()
    await moussa.close()
    await close()
  },
  timeoutMs(120),
)
