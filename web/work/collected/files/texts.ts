import { catalogue } from '../../../platform/catalogue.ts'

/** Texts of the files of hand-ins and of returns, for the teacher. */
export const texts = catalogue({
  fr: {
    'work.collected.files': 'Fichiers rendus',
    'work.collected.files.file': 'Fichier {at, number} sur {all, number}',
    'work.collected.files.file.before': 'Fichier précédent',
    'work.collected.files.file.next': 'Fichier suivant',
    'work.collected.files.unwritten':
      'On ne peut pas écrire sur ce PDF ici\u00a0: écrivez un commentaire, ou joignez un fichier.',
    'work.collected.files.hash': 'Empreinte\u00a0: {hash}',
    'work.collected.files.count': '{count, plural, one {# fichier} other {# fichiers}}',
  },
  en: {
    'work.collected.files': 'Files handed in',
    'work.collected.files.file': 'File {at, number} of {all, number}',
    'work.collected.files.file.before': 'File before',
    'work.collected.files.file.next': 'Next file',
    'work.collected.files.unwritten': 'This PDF cannot be written on here: write a comment, or join a file.',
    'work.collected.files.hash': 'Hash: {hash}',
    'work.collected.files.count': '{count, plural, one {# file} other {# files}}',
  },
})
