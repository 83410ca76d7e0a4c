import { documentNames, sixASpace } from '../support/valmont-documents.ts'
import { idOf, type Screen } from './screen.ts'

const opened = (name: string) => (ids: ReadonlyMap<string, string>) =>
  `/documents/${sixASpace}?document=${idOf(ids, name)}`

/** The screens of documents. */
export const documentScreens: readonly Screen[] = [
  { name: 'documents-class', as: 'ines', path: () => '/documents', shows: documentNames.unscanned },
  { name: 'documents-own', as: 'ines', path: () => '/documents/mine', shows: documentNames.own },
  { name: 'documents-none', as: 'sophie', path: () => '/documents/mine', shows: 'Rien encore dans votre espace' },
  { name: 'documents-foreign', as: 'sophie', path: () => `/documents/${sixASpace}`, shows: 'n’est pas à vous' },
  {
    name: 'documents-folder',
    as: 'helene',
    path: ids => `/documents/${sixASpace}?folder=${idOf(ids, documentNames.folder)}`,
    shows: documentNames.lesson,
  },
  { name: 'documents-text', as: 'helene', path: opened(documentNames.lesson), shows: 'Athènes, Sparte, Corinthe.' },
  { name: 'documents-infected', as: 'helene', path: opened(documentNames.infected), shows: 'Il contient un virus' },
  {
    name: 'documents-unscanned',
    as: 'helene',
    path: opened(documentNames.unscanned),
    shows: 'Télécharger sans analyse',
    reach: async page => {
      await page.getByRole('button', { name: 'Télécharger sans analyse' }).click()
      await page.getByText('Télécharger quand même').waitFor()
    },
  },
  {
    name: 'documents-acts',
    as: 'helene',
    path: () => `/documents/${sixASpace}`,
    shows: documentNames.picture,
    reach: async page => {
      await page.getByRole('button', { name: `Actions pour ${documentNames.picture}` }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Déplacer' }).click()
      await page.getByText('Déplacer ici').waitFor()
    },
  },
  {
    name: 'documents-refused',
    as: 'ines',
    path: () => '/documents/mine',
    shows: documentNames.own,
    // Files go to the bucket, past the edge.
    refused: /another host: \S+\/documents\//,
    reach: async page => {
      const buffer = Buffer.from('MZ\x90\0\x03', 'latin1')
      const file = { name: 'Programme.png', mimeType: 'image/png', buffer }
      await page.locator('input[type=file]').first().setInputFiles(file)
      await page.getByText('ne correspond pas à son type').waitFor()
    },
  },
  { name: 'documents-trash', as: 'ines', path: () => '/documents/mine/trash', shows: 'La corbeille est vide' },
]
