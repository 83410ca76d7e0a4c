import { i18n } from '@lingui/core'
import type { Me } from '../../shared/session/contract.ts'
import { lasting } from './storage.ts'

export type Language = NonNullable<Me['person']['language']>

export const languages = ['fr', 'en'] as const satisfies readonly Language[]

const keptAs = 'preau.language'

const isLanguage = (text: string | null): text is Language => languages.includes(text as Language)

/** The language shown now. */
export const currentLanguage = (): Language => (isLanguage(i18n.locale) ? i18n.locale : 'fr')

/** Shows everything in this language, now and at the next visit. */
export const speak = (language: Language): void => {
  i18n.activate(language)
  document.documentElement.lang = language
  try {
    lasting.setItem(keptAs, language)
  } catch {
    // It is asked of the person's account at the next visit.
  }
}

/** The language to begin with: the person's own, else the one last shown on this device, else French. */
export const startingLanguage = (me: Me | undefined): Language => {
  const kept = lasting.getItem(keptAs)
  return me?.person.language ?? (isLanguage(kept) ? kept : 'fr')
}
