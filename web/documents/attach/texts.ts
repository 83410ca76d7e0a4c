import { catalogue } from '../../platform/catalogue.ts'

/** Texts of choosing files for what is written elsewhere. */
export const texts = catalogue({
  fr: {
    'documents.attach.chosen': 'Fichiers choisis',
    'documents.attach.device': 'Joindre un fichier',
    'documents.attach.own': 'Depuis mes documents',
    'documents.attach.kept': 'Ce que vous envoyez d’ici est gardé dans votre espace Documents.',
    'documents.attach.kept-here':
      'Ce que vous choisissez est gardé sur cet appareil, puis dans votre espace Documents.',
    'documents.attach.remove': 'Retirer {name}',
    'documents.attach.full': 'Il y a déjà {most, number} fichiers\u00a0: retirez-en un pour en joindre un autre.',
    'documents.attach.left-out':
      '{count, plural, one {# fichier n’a pas été joint} other {# fichiers n’ont pas été joints}}\u00a0: il y en a {most, number} au plus.',
    'documents.attach.title': 'Joindre depuis mes documents',
    'documents.attach.add': '{count, plural, =0 {Joindre} one {Joindre # document} other {Joindre # documents}}',
    'documents.attach.none': 'Rien ici qui puisse être joint.',
  },
  en: {
    'documents.attach.chosen': 'Chosen files',
    'documents.attach.device': 'Attach a file',
    'documents.attach.own': 'From my documents',
    'documents.attach.kept': 'What you send from here is kept in your documents.',
    'documents.attach.kept-here': 'What you choose is kept on this device, then in your documents.',
    'documents.attach.remove': 'Remove {name}',
    'documents.attach.full': 'There are {most, number} files already: remove one to attach another.',
    'documents.attach.left-out':
      '{count, plural, one {# file was not attached} other {# files were not attached}}: there are {most, number} at most.',
    'documents.attach.title': 'Attach from my documents',
    'documents.attach.add': '{count, plural, =0 {Attach} one {Attach # document} other {Attach # documents}}',
    'documents.attach.none': 'Nothing here that can be attached.',
  },
})
