import type { Page } from 'playwright-core'
import { titleOf } from '../support/valmont-news.ts'
import type { Screen } from './screen.ts'

const unfold = (page: Page, name: string) => page.locator('summary').filter({ hasText: name }).click()
const outing = (ids: ReadonlyMap<string, string>) => ids.get(titleOf.outing) ?? titleOf.outing
const write = () => '/news/write'
const readers = (ids: ReadonlyMap<string, string>) => `/news/${outing(ids)}/readers`

/** The browser's dialog is nobody's to close here. */
const before = (page: Page) =>
  page.addInitScript(() => {
    window.print = () => {}
  })
const printed = (name: string) => async (page: Page) => {
  await unfold(page, 'Sur papier')
  await page.getByRole('button', { name, exact: true }).click()
  await page.locator('[data-printed] section, [data-printed] table').first().waitFor({ state: 'attached' })
}

/** What is beside the writing of news, and what is done on paper. */
export const newsScreens: readonly Screen[] = [
  {
    name: 'news-write-level',
    as: 'marc',
    path: write,
    shows: 'Destinataires',
    reach: async page => {
      const recipients = page.getByRole('combobox', { name: 'Destinataires' })
      await recipients.fill('responsables classes de 6e')
      await page.getByRole('option', { name: /^Responsables · toutes les classes de 6e/ }).click()
      await recipients.press('Escape')
      await unfold(page, 'Voir qui sera touché')
      await page.getByText('MARCHAND Sophie').waitFor()
      await page.getByText(/^Touchera \d+ personnes/).waitFor()
    },
  },
  {
    name: 'news-write-choosing',
    as: 'marc',
    path: write,
    shows: 'Destinataires',
    reach: async page => {
      await page.getByRole('combobox', { name: 'Destinataires' }).fill('6e')
      await page.getByRole('option', { name: /6e A/ }).first().waitFor()
    },
  },
  {
    name: 'news-write-lists',
    as: 'marc',
    path: write,
    shows: 'Destinataires',
    reach: async page => {
      const recipients = page.getByRole('combobox', { name: 'Destinataires' })
      await recipients.fill('élèves 6e A')
      await page
        .getByRole('option', { name: /^Élèves · 6e A/ })
        .first()
        .click()
      await recipients.press('Escape')
      await unfold(page, 'Mes listes de destinataires')
      await page.getByLabel('Nom de la liste').fill('Ma classe')
      await page.getByRole('button', { name: 'Enregistrer la liste' }).click()
      await page.getByRole('button', { name: 'Choisir : Ma classe' }).waitFor()
    },
  },
  {
    name: 'news-write-templates',
    as: 'marc',
    path: write,
    shows: 'Destinataires',
    reach: async page => {
      await page.getByLabel('Titre').fill('Sortie au musée')
      await page.getByLabel('Texte').fill('Départ à **8 h 30**.')
      await page.getByLabel('Une signature par élève').check()
      await page.getByLabel('oui ou non').check()
      await page.getByLabel('Question', { exact: true }).fill('Autorisez-vous votre enfant à participer ?')
      await unfold(page, 'Modèles')
      await page.getByLabel('Nom du modèle').fill('Sortie')
      await page.getByRole('button', { name: 'Enregistrer comme modèle' }).click()
      await page.getByRole('link', { name: /Partir de/ }).waitFor()
    },
  },
  {
    name: 'news-paper',
    as: 'helene',
    path: readers,
    shows: 'BENALI Adam',
    reach: async page => {
      await page.getByRole('button', { name: 'Saisir le papier de BENALI Adam' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'news-lists',
    as: 'helene',
    path: readers,
    shows: 'BENALI Adam',
    reach: async page => {
      await unfold(page, 'Sur papier')
      await page.getByRole('button', { name: 'Imprimer la liste' }).waitFor()
    },
  },
  {
    name: 'news-lists-sheet',
    as: 'helene',
    path: readers,
    shows: 'BENALI Adam',
    before,
    reach: printed('Imprimer la liste'),
    prints: true,
  },
  {
    name: 'news-lists-slips',
    as: 'helene',
    path: readers,
    shows: 'BENALI Adam',
    before,
    reach: printed('Imprimer des coupons-réponses'),
    prints: true,
  },
]
