import { i18n } from '@lingui/core'
import type { Me } from '../../shared/session/contract.ts'
import { offeredLanguages } from './offered.ts'
import { lasting, safely } from './storage.ts'

export type Language = NonNullable<Me['person']['language']>

/** The languages this territory offers (lib/territories.ts, told by the build), its default first. */
export const languages = offeredLanguages(import.meta.env.VITE_LANGUAGES)

const keptAs = 'preau.language'

const isOffered = (text: string | null | undefined): text is Language => languages.includes(text as Language)

/** The language shown now. */
export const currentLanguage = (): Language => (isOffered(i18n.locale) ? i18n.locale : languages[0])

/** Shows everything in this language, now and at the next visit. */
export const speak = (language: Language): void => {
  i18n.activate(language)
  document.documentElement.lang = language
  safely(() => lasting.setItem(keptAs, language))
}

/** The language to begin with: the person's own, else the one last shown on this device, else the territory's. */
export const startingLanguage = (me: Me | undefined): Language => {
  return [me?.person.language, lasting.getItem(keptAs)].find(isOffered) ?? languages[0]
}
