import type { Page } from 'playwright-core'
import { audienceId } from '../../functions/directory/audiences.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { featureList } from '../../web/features.ts'
import { classes, college, type Name, idOf as personOf } from '../support/valmont.ts'
import { titleOf } from '../support/valmont-news.ts'
import { pastYears } from './past-years.ts'
import { type Screen, states } from './screen-states.ts'

const at = (path: string) => () => path
const idOf = (ids: ReadonlyMap<string, string>, title: string): string => {
  const id = ids.get(title)
  if (!id) throw new Error(`Valmont did not publish ${title}`)
  return id
}
const families = audienceId('class-guardians', classes.sixA)

/** Screens in the states that they are looked at (npm run screens) and tried with axe. */
const described: readonly Screen[] = [
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
  // Without a sign-in that waits for it.
  { name: 'sign-in-step', refused: /status of 401/, path: at('/sign-in/step'), shows: 'Recommencer la connexion' },
  { name: 'activate', path: at('/activate'), shows: 'Activer' },
  { name: 'account-teacher', as: 'helene', path: at('/account'), shows: 'Ajouter une clé d’accès' },
  {
    name: 'account-factor-app',
    as: 'helene',
    path: at('/account'),
    shows: 'Ajouter une clé d’accès',
    reach: async page => {
      await page.getByRole('button', { name: 'Installer une application de codes' }).click()
      await page.getByText('Clé à saisir').waitFor()
    },
  },
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
      await page.getByRole('checkbox', { name: /MARCHAND Inès/ }).check()
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
      await page.getByRole('checkbox', { name: /TRAORÉ Moussa/ }).check()
      await page.getByRole('button', { name: 'Donner un nouveau code' }).click()
      await page.getByText('Ces codes ne seront plus affichés').waitFor()
    },
  },
  {
    name: 'directory-search',
    as: 'thomas',
    path: at('/directory?search=parents+6e+a'),
    shows: 'Responsable légal pour Inès',
  },
  { name: 'directory-accounts', as: 'thomas', path: at('/directory?view=groups'), shows: 'élèves activés' },
  {
    name: 'directory-person',
    as: 'thomas',
    path: at(`/directory/people/${personOf('sophie')}`),
    shows: 'Ses enfants',
  },
  {
    name: 'directory-teacher',
    as: 'thomas',
    path: at(`/directory/people/${personOf('helene')}`),
    shows: 'Publié ces dernières 24 heures',
  },
  {
    name: 'directory-freeze',
    as: 'thomas',
    path: at(`/directory/people/${personOf('helene')}`),
    shows: 'Geler ses publications',
    reach: async page => {
      await page.getByRole('button', { name: 'Geler ses publications' }).click()
      await page.getByRole('button', { name: 'Geler', exact: true }).click()
      await page.getByText('Écrivez le motif.').waitFor()
    },
  },
  {
    name: 'directory-class-of-school',
    as: 'thomas',
    path: at(`/directory/classes/${classes.sixA}`),
    shows: 'MARCHAND Inès',
  },
  {
    name: 'directory-leaving',
    as: 'thomas',
    path: at(`/directory/people/${personOf('awa')}`),
    shows: 'Imprimer un',
    reach: async page => {
      await page.getByRole('button', { name: 'Imprimer un' }).click()
      await page.getByText('Ces codes ne seront plus affichés').waitFor()
      await page.getByRole('link', { name: 'Accueil' }).filter({ visible: true }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'directory-decide',
    as: 'thomas',
    path: at(`/directory/people/${personOf('sophie')}`),
    shows: 'Décisions sur les accès',
    reach: async page => {
      await page.getByRole('button', { name: 'Accorder l’accès à un élève' }).click()
      await page.getByRole('dialog').getByLabel('Élève').first().fill('tra')
      await page.getByText('TRAORÉ Moussa').waitFor()
      await page.getByRole('button', { name: 'Accorder l’accès', exact: true }).click()
      await page.getByText('Choisissez l’élève.').waitFor()
    },
  },
  {
    name: 'imports',
    as: 'thomas',
    path: at('/imports'),
    shows: 'à confirmer',
  },
  {
    name: 'imports-held',
    as: 'thomas',
    path: ids => `/imports/${college.uai}/${idOf(ids, 'import held')}`,
    shows: 'La classe 6e B y manque entièrement.',
    reach: async page => {
      await page.getByRole('button', { name: /^Voir les \d+ noms/ }).click()
      await page.getByText('TRAORÉ Moussa').waitFor()
    },
  },
  {
    name: 'imports-confirm',
    as: 'thomas',
    path: ids => `/imports/${college.uai}/${idOf(ids, 'import held')}`,
    shows: 'La classe 6e B y manque entièrement.',
    reach: async page => {
      await page.getByRole('button', { name: 'Confirmer les départs' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'imports-changes',
    as: 'thomas',
    path: ids => `/imports/${college.uai}/${idOf(ids, 'import of changes')}`,
    shows: 'ARRIVAULT Nina',
  },
  { name: 'directory-classes', as: 'helene', path: at('/directory'), shows: '6e A' },
  { name: 'account', as: 'sophie', path: at('/account'), shows: 'sophie.marchand' },
  { name: 'not-allowed', as: 'ines', path: at('/directory'), shows: 'établissement' },
  { name: 'not-found', as: 'ines', path: at('/nulle-part'), shows: '' },
  ...states,
  ...pastYears,
]

/** Somebody of each role. */
const holders: Readonly<Record<Role, Name>> = {
  administrator: 'thomas',
  guardian: 'sophie',
  head: 'marc',
  pupil: 'ines',
  'pupil-life': 'nadia',
  staff: 'thomas',
  teacher: 'helene',
}

const anyId = { get: () => 'x' } as unknown as ReadonlyMap<string, string>

/** Registered addresses, those first that others with a parameter match too. */
const addresses = featureList
  .flatMap(feature => Object.entries(feature.screens))
  .map(([path, { for: mayOpen }]) => ({ path, mayOpen, order: path.replace(/:\w+/g, '\uffff') }))
  .sort((a, b) => (a.order < b.order ? -1 : 1))
const addressOf = ({ path }: Screen): string | undefined => {
  const { pathname } = new URL(path(anyId), 'http://any')
  return addresses.find(one => new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname))?.path
}
const shown = new Set(described.map(addressOf))
const remaining = addresses.filter(({ path }) => !shown.has(path))

/** Registered addresses with a parameter that no screen above is at. */
export const missing = remaining.flatMap(({ path }) => (path.includes(':') ? path : []))

/** Every screen: those above, and each other address without a parameter, opened by somebody who may. */
export const screens: readonly Screen[] = [
  ...described,
  ...remaining
    .filter(({ path }) => !path.includes(':'))
    .map(({ path, mayOpen }) => ({
      name: path.slice(1).replaceAll('/', '-'),
      path: at(path),
      shows: '',
      ...(mayOpen !== 'anyone' && { as: mayOpen?.[0] ? holders[mayOpen[0]] : 'sophie' }),
    })),
]

/** Opens a screen, up to the state it is listed for. */
export const open = async (page: Page, screen: Screen, ids: ReadonlyMap<string, string>): Promise<void> => {
  await screen.before?.(page)
  await page.goto(screen.path(ids))
  await page.getByRole('main').waitFor()
  if (screen.shows) await page.getByText(screen.shows).filter({ visible: true }).first().waitFor()
  await screen.reach?.(page)
}
