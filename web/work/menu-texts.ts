import { catalogue } from '../platform/catalogue.ts'

/** The menu's label, apart from the other texts because it is part of the first load. */
export const texts = catalogue({
  fr: { 'work.menu': 'Travail' },
  en: { 'work.menu': 'Work' },
})
