import { catalogue } from '../../../platform/catalogue.ts'

/** Texts of the files of hand-ins and of returns, for the teacher. */
export const texts = catalogue({
  fr: {
    'work.collected.files': 'Fichiers rendus',
    'work.collected.files.page': 'Page {at, number} sur {all, number}',
    'work.collected.files.before': 'Page précédente',
    'work.collected.files.next': 'Page suivante',
    'work.collected.files.hash': 'Empreinte\u00a0: {hash}',
    'work.collected.files.count': '{count, plural, one {# fichier} other {# fichiers}}',
  },
  en: {
    'work.collected.files': 'Files handed in',
    'work.collected.files.page': 'Page {at, number} of {all, number}',
    'work.collected.files.before': 'Page before',
    'work.collected.files.next': 'Next page',
    'work.collected.files.hash': 'Hash: {hash}',
    'work.collected.files.count': '{count, plural, one {# file} other {# files}}',
  },
})
