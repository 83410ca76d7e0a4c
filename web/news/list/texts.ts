import { catalogue } from '../../platform/catalogue.ts'

/** The list of news and its filters. */
export const texts = catalogue({
  fr: {
    'news.show': 'Afficher',
    'news.filter.all': 'Toutes',
    'news.filter.unread': 'Non lues',
    'news.filter.sign': 'À signer',
    'news.child': 'Enfant',
    'news.child.all': 'Tous mes enfants',
    'news.school': 'Établissement',
    'news.pinned': 'Épinglées',
    'news.empty': 'Aucune actualité pour l’instant',
    'news.empty.hint': 'Les informations de votre établissement s’afficheront ici.',
    'news.empty.unread': 'Vous avez tout lu',
    'news.empty.sign': 'Vous n’avez rien à signer',
    'news.empty.filter': 'Aucune actualité ne correspond à ce choix',
    'news.showAll': 'Afficher toutes les actualités',
  },
  en: {
    'news.show': 'Show',
    'news.filter.all': 'All',
    'news.filter.unread': 'Unread',
    'news.filter.sign': 'To sign',
    'news.child': 'Child',
    'news.child.all': 'All my children',
    'news.school': 'School',
    'news.pinned': 'Pinned',
    'news.empty': 'No news yet',
    'news.empty.hint': 'What your school announces will appear here.',
    'news.empty.unread': 'You have read everything',
    'news.empty.sign': 'You have nothing to sign',
    'news.empty.filter': 'No news matches this choice',
    'news.showAll': 'Show all the news',
  },
})
