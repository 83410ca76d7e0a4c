import { catalogue } from '../../platform/catalogue.ts'

/** Texts of the work on Home. */
export const texts = catalogue({
  fr: {
    'work.home.nothing': 'Rien à faire pour les jours qui viennent',
    'work.home.done': '{count, plural, one {# fait} other {# faits}}',
    'work.home.all-done': '{count, plural, one {Fait} other {Tout est fait (#)}}',
    'work.home.further': '{count, plural, one {# autre à faire} other {# autres à faire}}',
    'work.home.week': 'Toute la semaine',
  },
  en: {
    'work.home.nothing': 'Nothing to do for the coming days',
    'work.home.done': '{count, plural, one {# done} other {# done}}',
    'work.home.all-done': '{count, plural, one {Done} other {All done (#)}}',
    'work.home.further': '{count, plural, one {# more to do} other {# more to do}}',
    'work.home.week': 'The whole week',
  },
})
