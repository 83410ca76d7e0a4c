import { catalogue } from '../../platform/catalogue.ts'

/** Texts of the correction for a whole class. */
export const texts = catalogue({
  fr: {
    'work.correction.title': 'La correction pour la classe',
    'work.correction.at': 'donnée {when}',
    'work.correction.give': 'Donner une correction à la classe',
    'work.correction.change': 'Changer la correction',
    'work.correction.text': 'Correction',
    'work.correction.who': 'Toute la classe et ses responsables la liront, même ceux qui n’ont rien rendu.',
    'work.correction.act': 'Donner à la classe',
    'work.correction.withdraw': 'Retirer',
    'work.correction.given': 'La classe a la correction.',
    'work.correction.withdrawn': 'La correction est retirée.',
    'work.correction.empty': 'Écrivez la correction, ou joignez un fichier.',
    'work.correction.gone': 'Le texte n’est plus disponible.',
  },
  en: {
    'work.correction.title': 'The correction for the class',
    'work.correction.at': 'given {when}',
    'work.correction.give': 'Give the class a correction',
    'work.correction.change': 'Change the correction',
    'work.correction.text': 'Correction',
    'work.correction.who': 'The whole class and its guardians will read it, also those who handed nothing in.',
    'work.correction.act': 'Give to the class',
    'work.correction.withdraw': 'Withdraw',
    'work.correction.given': 'The class has the correction.',
    'work.correction.withdrawn': 'The correction is withdrawn.',
    'work.correction.empty': 'Write the correction, or attach a file.',
    'work.correction.gone': 'The text is not available any more.',
  },
})
