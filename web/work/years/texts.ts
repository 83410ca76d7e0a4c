import { catalogue } from '../../platform/catalogue.ts'

/** The work of past years. */
export const texts = catalogue({
  fr: {
    'work.years.hint': 'Le travail de vos anciennes classes reste lisible ici, en lecture seule.',
    'work.years.year': 'Année {year}',
    'work.years.for': 'pour {children}',
    'work.years.empty': 'Aucune année passée',
    'work.years.empty.hint': 'Quand une année se termine, le travail de ses classes et groupes se retrouve ici.',
    'work.years.none': 'Rien n’a été noté ici',
    'work.years.closed': 'Cette classe n’est plus ouverte\u00a0: son travail n’est plus coché ni rendu.',
    'work.years.session': 'en classe',
    'work.years.again': 'Redonner cette année',
  },
  en: {
    'work.years.hint': 'The work of your former classes stays here to be read.',
    'work.years.year': 'Year {year}',
    'work.years.for': 'for {children}',
    'work.years.empty': 'No past year',
    'work.years.empty.hint': 'When a year ends, the work of its classes and groups is to be found here.',
    'work.years.none': 'Nothing was noted here',
    'work.years.closed': 'This class is closed: its work is neither ticked nor handed in any more.',
    'work.years.session': 'in class',
    'work.years.again': 'Set again this year',
  },
})
