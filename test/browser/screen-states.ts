import type { Page } from 'playwright-core'
import { college } from '../support/valmont.ts'
import { titleOf } from '../support/valmont-news.ts'
import { at, type Screen } from './screen.ts'

/** What all read alike: boards and indexes, older rows. */
const shared = /\/(boards|api\/audiences)\//
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** What screens look like while something is missing, wrong, awaited or asked. */
export const states: readonly Screen[] = [
  { name: 'sign-in-ended', path: at('/sign-in?next=%2Fnews&why=session-ended'), shows: 'session' },
  {
    name: 'activate-wrong',
    path: at('/activate'),
    shows: 'Activer',
    reach: async page => {
      await press(page, 'Activer et entrer')
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  { name: 'home-empty', as: 'jules', path: at('/'), shows: 'Rien de nouveau' },
  { name: 'news-empty', as: 'jules', path: at('/news'), shows: 'Aucune actualité' },
  {
    name: 'home-loading',
    as: 'sophie',
    before: page => page.route(shared, () => new Promise(() => {})),
    path: at('/'),
    shows: 'Sophie Marchand, pour',
    reach: page => page.getByRole('status').filter({ hasText: 'Chargement' }).waitFor({ state: 'attached' }),
  },
  {
    name: 'home-unreachable',
    as: 'sophie',
    before: page => page.route(/\/(boards|api)\//, route => route.abort()),
    path: at('/'),
    shows: 'Préau ne répond pas',
    refused: /ERR_FAILED/,
  },
  {
    name: 'news-offline',
    as: 'sophie',
    path: at('/news'),
    shows: titleOf.rules,
    reach: async page => {
      // Its script, too, would be refused half-way.
      await page.evaluate(() => navigator.serviceWorker.ready)
      await page.context().setOffline(true)
      await page.getByText('hors connexion').first().waitFor()
    },
    refused: /ERR_INTERNET_DISCONNECTED/,
  },
  {
    name: 'news-write-picker',
    as: 'marc',
    path: at('/news/write'),
    shows: 'Destinataires',
    reach: async page => {
      await page.getByRole('combobox', { name: 'Destinataires' }).click()
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'news-write-wrong',
    as: 'helene',
    path: at('/news/write'),
    shows: 'Destinataires',
    reach: async page => {
      await page.getByRole('combobox', { name: 'Destinataires' }).waitFor()
      await press(page, 'Publier')
      await page.getByRole('alert').first().waitFor()
    },
  },
  {
    name: 'news-write-preview',
    as: 'helene',
    path: at('/news/write'),
    shows: 'Destinataires',
    reach: async page => {
      await page.getByLabel('Texte').fill('## Demain\n\nDépart à **8 h**.\n\n- pique-nique\n- bonnes chaussures')
      // On a desktop it stands beside the form.
      const isBeside = await page.evaluate(() => matchMedia('(min-width: 1024px)').matches)
      if (!isBeside) await press(page, 'Aperçu')
      await page.getByRole('heading', { name: 'Demain' }).waitFor()
    },
  },
  {
    name: 'news-of-school',
    as: 'marc',
    path: at(`/news/mine?of=${college.uai}`),
    shows: titleOf.rules,
  },
  {
    name: 'directory-class',
    as: 'helene',
    path: at('/directory'),
    shows: '6e A',
    reach: async page => {
      await page.getByRole('link', { name: '6e A' }).click()
      await page.getByText('PETIT Léa').waitFor()
    },
  },
  {
    name: 'directory-nobody',
    as: 'thomas',
    path: at('/directory'),
    shows: 'Qui cherchez-vous',
    reach: async page => {
      await page.getByLabel('Rechercher').fill('Personne de ce nom')
      await page.getByText('Qui cherchez-vous').waitFor({ state: 'hidden' })
    },
  },
  {
    name: 'account-everywhere',
    as: 'sophie',
    path: at('/account'),
    shows: 'sophie.marchand',
    reach: async page => {
      await press(page, 'Se déconnecter partout')
      await page.getByRole('dialog').waitFor()
    },
  },
]
