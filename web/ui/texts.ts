import { catalogue } from '../platform/catalogue.ts'

/** Texts of the controls in web/ui. */
export const texts = catalogue({
  fr: {
    'ui.show-password': 'Afficher le mot de passe',
    'ui.hide-password': 'Masquer le mot de passe',
    'ui.close': 'Fermer',
    'ui.back': 'Retour',
    'ui.undo': 'Annuler',
    'ui.more': 'Afficher la suite',
    'ui.loading': 'Chargement',
    'ui.account': 'Mon compte, {name}',
  },
  en: {
    'ui.show-password': 'Show the password',
    'ui.hide-password': 'Hide the password',
    'ui.close': 'Close',
    'ui.back': 'Back',
    'ui.undo': 'Undo',
    'ui.more': 'Show more',
    'ui.loading': 'Loading',
    'ui.account': 'My account, {name}',
  },
})
