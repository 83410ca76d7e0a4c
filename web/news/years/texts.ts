import { catalogue } from '../../platform/catalogue.ts'

/** The news of past years. */
export const texts = catalogue({
  fr: {
    'news.years.year': 'Année {year}',
    'news.years.hint': 'Ce qui a été publié pour vos anciennes classes reste lisible ici, en lecture seule.',
    'news.years.empty': 'Aucune année passée',
    'news.years.empty.hint': 'Quand une année se termine, les actualités de ses classes et groupes se retrouvent ici.',
    'news.years.for': 'pour {children}',
    'news.years.none': 'Rien n’a été publié ici',
    'news.years.closed': 'Cette classe n’est plus ouverte\u00a0: ce qui y a été publié n’est plus modifié ni signé.',
  },
  en: {
    'news.years.year': 'Year {year}',
    'news.years.hint': 'What was published to your former classes stays here to be read.',
    'news.years.empty': 'No past year',
    'news.years.empty.hint': 'When a year ends, the news of its classes and groups is to be found here.',
    'news.years.for': 'for {children}',
    'news.years.none': 'Nothing was published here',
    'news.years.closed': 'This class is closed: what was published to it is neither changed nor signed any more.',
  },
})
