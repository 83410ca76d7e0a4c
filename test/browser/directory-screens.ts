import { classes, college, idOf as personOf } from '../support/valmont.ts'
import { at, idOf, type Screen } from './screen.ts'

/** The directory and its imports. */
export const directoryScreens: readonly Screen[] = [
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
    prints: true,
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
    name: 'directory-left',
    as: 'thomas',
    path: ids => `/directory/people/${idOf(ids, 'who left')}`,
    shows: 'Effacer cette personne',
  },
  {
    name: 'directory-erase',
    as: 'thomas',
    path: ids => `/directory/people/${idOf(ids, 'who left')}`,
    shows: 'Effacer cette personne',
    reach: async page => {
      await page.getByRole('button', { name: 'Effacer cette personne' }).click()
      await page.getByRole('button', { name: 'Effacer définitivement' }).click()
      await page.getByText('Ce n’est pas ce nom.').waitFor()
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
]
