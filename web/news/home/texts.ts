import { catalogue } from '../../platform/catalogue.ts'

/** What Home says of the news. */
export const texts = catalogue({
  fr: {
    'news.home.write': 'Écrire une actualité',
    'news.home.all': 'Toutes les actualités',
    'news.home.followed.mine': 'Vos publications en attente',
    'news.home.followed.school': 'Dans l’établissement, en attente',
    'news.home.followed.done': 'Tout le monde a vu et signé',
    'news.home.followed.all': 'Toutes les publications',
    'news.home.unsigned': '{count, plural, one {# signature manque} other {# signatures manquent}}',
    'news.home.unseen': '{count, plural, one {# personne n’a pas vu} other {# personnes n’ont pas vu}}',
  },
  en: {
    'news.home.write': 'Write a news item',
    'news.home.all': 'All the news',
    'news.home.followed.mine': 'Your publications, still awaited',
    'news.home.followed.school': 'In the school, still awaited',
    'news.home.followed.done': 'Everybody has seen and signed',
    'news.home.followed.all': 'All publications',
    'news.home.unsigned': '{count, plural, one {# signature missing} other {# signatures missing}}',
    'news.home.unseen': '{count, plural, one {# person has not seen it} other {# people have not seen it}}',
  },
})
