import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { rowsOf } from '../bin/directory/codes/rows.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, type Looks, openFixture } from './fixture.ts'

let fixture: Fixture
let news: string
const question = { text: 'Autorisez-vous votre enfant à participer ?', kind: 'yes-no' } as const
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  const helene = await fixture.valmont.as('helene')
  const { body } = await accepted(
    helene.ask(newsContract.routes.publish, {
      body: {
        uai: college.uai,
        title: 'Sortie au musée',
        body: 'Départ à **8 h 30**, retour à 16 h.',
        audiences: [audienceId('class-guardians', classes.sixA)],
        pinned: false,
        urgent: false,
        notice: 'pupil',
        question,
      },
    }),
  )
  news = body.id
})
afterAll(() => fixture?.close())

const openReaders = async (looks?: Looks) => {
  const visit = await fixture.visit('helene', looks)
  // The browser's dialog is nobody's to close here.
  await visit.page.addInitScript(() => {
    window.print = () => {}
  })
  await visit.page.goto(`/news/${news}/readers`)
  await visit.page.getByText('BENALI Adam').first().waitFor()
  return visit
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const pagesOf = async (page: Page) =>
  (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)?.length

test('what came back on paper is entered, says who entered it and when, and is corrected', async () => {
  const { page, troubles, close } = await openReaders({ width: 360, height: 740 })
  await press(page, 'Saisir le papier de MARCHAND Inès')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(question.text).waitFor()
  expect(await violations(page)).toEqual([])
  await dialog.getByLabel('Mots écrits sur le papier').fill('=1+1, malade en car')
  await dialog.getByRole('button', { name: 'Non', exact: true }).click()
  await page.getByText('Papier enregistré : MARCHAND Inès').waitFor()
  await page.getByText('MARCHAND Inès', { exact: true }).waitFor({ state: 'hidden' })
  const signed = page.locator('label').filter({ hasText: /^Signé/ })
  await signed.click()
  await page.getByText(/^Papier saisi par Hélène Garnier, aujourd’hui/).waitFor()
  await page.getByText('=1+1, malade en car').waitFor()
  expect(await violations(page)).toEqual([])
  await press(page, 'Corriger le papier de MARCHAND Inès')
  expect(await dialog.getByLabel('Mots écrits sur le papier').inputValue()).toBe('=1+1, malade en car')
  await dialog.getByRole('button', { name: 'Oui', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('Oui : 1').waitFor()
  await page.getByText('Non : 0').waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('what was entered for the wrong pupil is taken back, says who did it, and that is undone', async () => {
  const { page, troubles, close } = await openReaders({ width: 360, height: 740 })
  await press(page, 'Saisir le papier de BENALI Adam')
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByRole('button', { name: 'Retirer ce papier' }).count()).toBe(0)
  await dialog.getByRole('button', { name: 'Non', exact: true }).click()
  await page.getByText('Papier enregistré : BENALI Adam').waitFor()
  await page
    .locator('label')
    .filter({ hasText: /^Signé/ })
    .click()
  await press(page, 'Corriger le papier de BENALI Adam')
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Retirer ce papier' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const toast = page.getByRole('status').filter({ hasText: 'Papier retiré : BENALI Adam' })
  await toast.getByRole('button', { name: 'Annuler' }).click()
  await page.getByText('Non : 1').waitFor()
  await press(page, 'Corriger le papier de BENALI Adam')
  await dialog.getByRole('button', { name: 'Retirer ce papier' }).click()
  await page.getByText('Non : 0').waitFor()
  await page
    .locator('label')
    .filter({ hasText: /^Pas signé/ })
    .click()
  await page.getByText(/^Papier retiré par Hélène Garnier, aujourd’hui/).waitFor()
  await page.getByRole('button', { name: 'Saisir le papier de BENALI Adam' }).waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('the list of a class is saved for a spreadsheet, and printed alone', async () => {
  const { page, troubles, close } = await openReaders()
  await page.getByText('Sur papier', { exact: true }).click()
  const download = page.waitForEvent('download')
  await press(page, 'Enregistrer la liste (CSV)')
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^liste-\d{4}-\d{2}-\d{2}\.csv$/)
  const [head = [], ...rows] = rowsOf(await readFile(await file.path(), 'utf8'))
  expect(head).toContain('Nom')
  expect(rows.every(row => row.length === head.length)).toBe(true)
  const of = (row: readonly string[] | undefined, column: string) => row?.[head.indexOf(column)]
  const ines = rows.find(row => of(row, 'Prénom') === 'Inès')
  expect(of(ines, 'Réponse')).toBe('Oui (sur papier)')
  // A spreadsheet must not take it for a formula.
  expect(of(ines, 'Mots')).toBe("'=1+1, malade en car (sur papier)")
  expect(of(ines, 'Papier saisi par')).toBe('Hélène Garnier')
  const sophie = rows.find(row => of(row, 'Prénom') === 'Sophie')
  expect(of(sophie, 'Enfants')).toBe('MARCHAND Inès')
  // Twelve pupils, and thirteen guardians, by name.
  expect(rows).toHaveLength(25)

  await press(page, 'Imprimer la liste')
  await page.locator('[data-printed] table').waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('#root').isVisible()).toBe(false)
  const printed = (await page.locator('[data-printed]').innerText()).replaceAll('\u00a0', ' ')
  expect(printed).toContain('Sortie au musée · tous les destinataires')
  expect(printed).toContain('MARCHAND Inès')
  // A time as a spreadsheet reads it, and as people do.
  expect(of(ines, 'Signé')).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/)
  expect(printed).toMatch(/\d{4}, \d{1,2} h/)
  expect(printed).not.toMatch(/\d{4}-\d{2}-\d{2}/)
  expect(await pagesOf(page)).toBeLessThanOrEqual(2)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.locator('[data-printed]').waitFor({ state: 'detached' })
  expect(troubles()).toEqual([])
  await close()
})

test('reply slips are printed for those who have not signed, several a page, without a guardian’s name', async () => {
  const { page, troubles, close } = await openReaders()
  await page.getByText('Sur papier', { exact: true }).click()
  expect(await violations(page)).toEqual([])
  await press(page, 'Imprimer des coupons-réponses')
  await page.locator('[data-printed] section').first().waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  const slips = page.locator('[data-printed] section')
  expect(await slips.count()).toBe(11)
  const all = (await page.locator('[data-printed]').innerText()).replaceAll('\u00a0', ' ')
  for (const said of [
    'BENALI Adam',
    '8 h 30',
    question.text,
    'Oui',
    'Non',
    'Date et signature',
    new URL(page.url()).host,
  ])
    expect(all).toContain(said)
  // Inès is signed for; and nobody learns from a slip who else is a guardian.
  expect(all).not.toMatch(/MARCHAND|Dominique|Claude/)
  const cut = await slips.evaluateAll(all => all.map(one => getComputedStyle(one).borderBottomStyle))
  expect(new Set(cut)).toEqual(new Set(['dashed']))
  // Printing takes the sheet away again.
  const pages = (await pagesOf(page)) ?? 0
  expect(pages).toBeGreaterThan(1)
  expect(pages).toBeLessThanOrEqual(4)
  await page.emulateMedia({ media: 'screen' })
  expect(troubles()).toEqual([])
  await close()
})
