import { catalogue } from '../../../platform/catalogue.ts'

/** Texts of the archive of what a class handed in. */
export const texts = catalogue({
  fr: {
    'work.zip': 'Tout télécharger',
    'work.zip.doing': '{files, number} fichiers sur {all, number}',
    'work.zip.stop': 'Arrêter',
    'work.zip.failed': 'Tout n’a pas pu être lu\u00a0: rien n’est enregistré. Essayez encore.',
    'work.zip.text': 'Texte',
    'work.zip.missing': 'Fichiers absents',
    'work.zip.nameless': 'Sans nom',
    'work.zip.waiting': 'en cours d’analyse',
    'work.zip.infected': 'infecté',
    'work.zip.unscannable': 'non analysé, à télécharger un par un',
  },
  en: {
    'work.zip': 'Download all',
    'work.zip.doing': '{files, number} files of {all, number}',
    'work.zip.stop': 'Stop',
    'work.zip.failed': 'Not all could be read: nothing is saved. Try again.',
    'work.zip.text': 'Text',
    'work.zip.missing': 'Files that are missing',
    'work.zip.nameless': 'Without a name',
    'work.zip.waiting': 'being scanned',
    'work.zip.infected': 'infected',
    'work.zip.unscannable': 'not scanned, to be downloaded one by one',
  },
})
