import { catalogue } from '../../platform/catalogue.ts'

/** What Home says of one's publications. */
export const texts = catalogue({
  fr: {
    'news.home.followed.mine': 'Vos publications',
    'news.home.followed.school': 'Publications de l’établissement',
    'news.home.followed.done': 'Tout le monde a vu et signé.',
    'news.home.followed.recent-done': 'Les publications récentes sont vues et signées par tous.',
    'news.home.followed.all': 'Toutes les publications',
    'news.home.unsigned': 'Mots à signer',
    'news.home.unseen': 'Pas encore vu',
    'news.home.signatures-missing': '{count, plural, one {# signature manque} other {# signatures manquent}}',
    'news.home.readers-missing': '{count, plural, one {# personne n’a pas vu} other {# personnes n’ont pas vu}}',
  },
  en: {
    'news.home.followed.mine': 'Your publications',
    'news.home.followed.school': 'The school’s publications',
    'news.home.followed.done': 'Everybody has seen and signed.',
    'news.home.followed.recent-done': 'The recent publications are seen and signed by everybody.',
    'news.home.followed.all': 'All publications',
    'news.home.unsigned': 'Notices to sign',
    'news.home.unseen': 'Not seen yet',
    'news.home.signatures-missing': '{count, plural, one {# signature missing} other {# signatures missing}}',
    'news.home.readers-missing': '{count, plural, one {# person has not seen it} other {# people have not seen it}}',
  },
})
