import { catalogue } from '../../platform/catalogue.ts'

/** What Home says of the directory to those who look after it. */
export const texts = catalogue({
  fr: {
    'directory.home.imports': 'Imports',
    'directory.home.of': '{what} · {school}',
    'directory.home.held': 'Import retenu',
    'directory.home.held.losing':
      '{lost, plural, one {une personne sur {had, number} partirait} other {{lost, number} personnes sur {had, number} partiraient}}',
    'directory.home.held.waits': 'À confirmer',
    'directory.home.refused':
      '{count, plural, one {# ligne refusée au dernier import} other {# lignes refusées au dernier import}}',
    'directory.home.missed': 'Aucun fichier importé depuis {when}',
    'directory.home.missed.hint': 'Un fichier était attendu {when}',
    'directory.home.last': 'Dernier import\u00a0: {when}',
    'directory.home.none': 'Aucun fichier n’a encore été importé.',
    'directory.home.accounts': 'Comptes',
    'directory.home.active': '{count, plural, one {# compte activé} other {# comptes activés}}',
    'directory.home.code': '{count, plural, one {# code remis} other {# codes remis}}',
    'directory.home.expired': '{count, plural, one {# code expiré} other {# codes expirés}}',
    'directory.home.without': '{count, plural, one {# personne sans code} other {# personnes sans code}}',
    'directory.home.pupils': '{count, plural, one {# élève} other {# élèves}}',
    'directory.home.guardians': '{count, plural, one {# responsable} other {# responsables}}',
    'directory.home.people': '{count, plural, one {# personne} other {# personnes}}',
    'directory.home.waiting': '{who} sans code valable',
    'directory.home.staff': 'Personnels',
    'directory.home.all': 'Tous les comptes par classe',
  },
  en: {
    'directory.home.imports': 'Imports',
    'directory.home.of': '{what} · {school}',
    'directory.home.held': 'Import held back',
    'directory.home.held.losing':
      '{lost, plural, one {one person of {had, number} would leave} other {{lost, number} people of {had, number} would leave}}',
    'directory.home.held.waits': 'To confirm',
    'directory.home.refused':
      '{count, plural, one {# line refused by the last import} other {# lines refused by the last import}}',
    'directory.home.missed': 'No file imported since {when}',
    'directory.home.missed.hint': 'A file was expected {when}',
    'directory.home.last': 'Last import: {when}',
    'directory.home.none': 'No file has been imported yet.',
    'directory.home.accounts': 'Accounts',
    'directory.home.active': '{count, plural, one {# active account} other {# active accounts}}',
    'directory.home.code': '{count, plural, one {# code given} other {# codes given}}',
    'directory.home.expired': '{count, plural, one {# code expired} other {# codes expired}}',
    'directory.home.without': '{count, plural, one {# person without a code} other {# people without a code}}',
    'directory.home.pupils': '{count, plural, one {# pupil} other {# pupils}}',
    'directory.home.guardians': '{count, plural, one {# guardian} other {# guardians}}',
    'directory.home.people': '{count, plural, one {# person} other {# people}}',
    'directory.home.waiting': '{who} without a good code',
    'directory.home.staff': 'Staff',
    'directory.home.all': 'All accounts by class',
  },
})
