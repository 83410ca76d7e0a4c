import { catalogue } from '../../platform/catalogue.ts'

/** Texts of the work on Home. */
export const texts = catalogue({
  fr: {
    'work.home.nothing': 'Rien à faire pour les jours qui viennent',
    'work.home.unknown': 'Le travail à faire n’est pas encore là.',
    'work.home.part': 'Ce n’est pas encore tout.',
    'work.home.done': '{count, plural, one {# fait} other {# faits}}',
    'work.home.all-done': '{count, plural, one {Fait} other {Tout est fait (#)}}',
    'work.home.further': '{count, plural, one {# autre à faire} other {# autres à faire}}',
    'work.home.week': 'Toute la semaine',
    'work.home.set': 'Donner du travail',
    'work.home.collecting': 'Rendus',
    'work.home.due': 'à rendre {when}',
    'work.home.handed-in': '{count, plural, =0 {aucun rendu} one {# rendu} other {# rendus}}',
    'work.home.to-return': '{count, number} à corriger',
    'work.home.returned': 'Tout est corrigé',
    'work.home.all': 'Tout le travail',
  },
  en: {
    'work.home.nothing': 'Nothing to do for the coming days',
    'work.home.unknown': 'What is to be done is not here yet.',
    'work.home.part': 'This is not all yet.',
    'work.home.done': '{count, plural, one {# done} other {# done}}',
    'work.home.all-done': '{count, plural, one {Done} other {All done (#)}}',
    'work.home.further': '{count, plural, one {# more to do} other {# more to do}}',
    'work.home.week': 'The whole week',
    'work.home.set': 'Set work',
    'work.home.collecting': 'Hand-ins',
    'work.home.due': 'due {when}',
    'work.home.handed-in': '{count, plural, =0 {none handed in} one {# handed in} other {# handed in}}',
    'work.home.to-return': '{count, number} to mark',
    'work.home.returned': 'All marked',
    'work.home.all': 'All the work',
  },
})
