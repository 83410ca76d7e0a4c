import { catalogue } from '../../platform/catalogue.ts'

/** What an administrator begins from Home: the rest comes with the directory (schools-texts.ts). */
export const texts = catalogue({
  fr: { 'directory.home.codes': 'Donner des codes' },
  en: { 'directory.home.codes': 'Give codes' },
})
