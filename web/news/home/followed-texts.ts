import { catalogue } from '../../platform/catalogue.ts'

/** What Home says of one's publications. */
export const texts = catalogue({
  fr: {
    'news.home.followed.done': 'Tout le monde a vu et signé',
    'news.home.followed.all': 'Toutes les publications',
    'news.home.unsigned': '{count, plural, one {# signature manque} other {# signatures manquent}}',
    'news.home.unseen': '{count, plural, one {# personne n’a pas vu} other {# personnes n’ont pas vu}}',
  },
  en: {
    'news.home.followed.done': 'Everybody has seen and signed',
    'news.home.followed.all': 'All publications',
    'news.home.unsigned': '{count, plural, one {# signature missing} other {# signatures missing}}',
    'news.home.unseen': '{count, plural, one {# person has not seen it} other {# people have not seen it}}',
  },
})
