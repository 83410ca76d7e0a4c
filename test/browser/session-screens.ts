import { at, type Screen } from './screen.ts'

/** Signing in, one's account, and its second step. */
export const sessionScreens: readonly Screen[] = [
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
  {
    name: 'account-factor-passkey',
    as: 'helene',
    path: at('/account'),
    shows: 'Ajouter une clé d’accès',
    reach: async page => {
      await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
      await page.getByLabel('Nom de cette clé').waitFor()
    },
  },
  { name: 'account', as: 'sophie', path: at('/account'), shows: 'sophie.marchand' },
]
