import type { Page } from 'playwright-core'
import { audienceId } from '../../functions/directory/audiences.ts'
import { classes } from '../support/valmont.ts'
import { titleOf } from '../support/valmont-news.ts'
import { type Screen, states } from './screen-states.ts'

const at = (path: string) => () => path
const idOf = (ids: ReadonlyMap<string, string>, title: string): string => {
  const id = ids.get(title)
  if (!id) throw new Error(`Valmont did not publish ${title}`)
  return id
}
const families = audienceId('class-guardians', classes.sixA)

/** Every screen, as it is looked at (npm run screens) and tried with axe. */
export const screens: readonly Screen[] = [
  { name: 'sign-in', path: at('/sign-in'), shows: 'Se connecter' },
  {
    name: 'sign-in-refused',
    refused: /status of 401/,
    path: at('/sign-in'),
    shows: 'Se connecter',
    reach: async page => {
      await page.getByLabel('Identifiant').fill('personne')
      await page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon mot de passe')
      await page.getByRole('button', { name: 'Se connecter' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'activate', path: at('/activate'), shows: 'Activer' },
  { name: 'home-guardian', as: 'sophie', path: at('/'), shows: titleOf.outing },
  { name: 'home-pupil', as: 'ines', path: at('/'), shows: titleOf.urgent },
  { name: 'home-teacher', as: 'helene', path: at('/'), shows: titleOf.outing },
  { name: 'home-head', as: 'marc', path: at('/'), shows: titleOf.urgent },
  { name: 'news-list', as: 'sophie', path: at('/news'), shows: titleOf.rules },
  {
    name: 'news-to-sign',
    as: 'sophie',
    path: ids => `/news/${families}/${idOf(ids, titleOf.outing)}`,
    shows: 'Signé pour Inès',
  },
  { name: 'news-write', as: 'helene', path: at('/news/write'), shows: 'Destinataires' },
  { name: 'news-published', as: 'helene', path: at('/news/mine'), shows: titleOf.outing },
  {
    name: 'news-edit',
    as: 'helene',
    path: ids => `/news/write/${idOf(ids, titleOf.outing)}`,
    shows: 'Destinataires',
  },
  { name: 'news-readers', as: 'helene', path: ids => `/news/${idOf(ids, titleOf.outing)}/readers`, shows: 'Benali' },
  { name: 'directory', as: 'thomas', path: at('/directory'), shows: 'Qui cherchez-vous' },
  {
    name: 'directory-chosen',
    as: 'thomas',
    path: at('/directory'),
    shows: 'Qui cherchez-vous',
    reach: async page => {
      await page.getByLabel('Rôle').selectOption('pupil')
      await page.getByRole('checkbox', { name: /Inès Marchand/ }).check()
      await page.getByText('1 personne choisie').waitFor()
    },
  },
  {
    name: 'directory-codes',
    as: 'thomas',
    path: at('/directory'),
    shows: 'Qui cherchez-vous',
    reach: async page => {
      await page.getByLabel('Rôle').selectOption('pupil')
      await page.getByRole('checkbox', { name: /Moussa Traoré/ }).check()
      await page.getByRole('button', { name: 'Donner un nouveau code' }).click()
      await page.getByText('Ces codes ne seront plus affichés').waitFor()
    },
  },
  { name: 'directory-classes', as: 'helene', path: at('/directory'), shows: '6e A' },
  { name: 'account', as: 'sophie', path: at('/account'), shows: 'sophie.marchand' },
  { name: 'not-allowed', as: 'ines', path: at('/directory'), shows: 'établissement' },
  { name: 'not-found', as: 'ines', path: at('/nulle-part'), shows: '' },
  ...states,
]

/** Opens a screen, up to the state it is listed for. */
export const open = async (page: Page, screen: Screen, ids: ReadonlyMap<string, string>): Promise<void> => {
  await screen.before?.(page)
  await page.goto(screen.path(ids))
  await page.getByRole('main').waitFor()
  if (screen.shows) await page.getByText(screen.shows).filter({ visible: true }).first().waitFor()
  await screen.reach?.(page)
}
