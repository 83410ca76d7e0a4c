import { catalogue } from '../../platform/catalogue.ts'

/** What Home says of the news. */
export const texts = catalogue({
  fr: {
    'news.home.write': 'Écrire une actualité',
    'news.home.all': 'Toutes les actualités',
    'news.home.followed.mine': 'Vos publications en attente',
    'news.home.followed.school': 'Dans l’établissement, en attente',
  },
  en: {
    'news.home.write': 'Write a news item',
    'news.home.all': 'All the news',
    'news.home.followed.mine': 'Your publications, still awaited',
    'news.home.followed.school': 'In the school, still awaited',
  },
})
