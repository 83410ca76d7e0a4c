import { i18n } from '@lingui/core'
import type { Me } from '../../shared/session/contract.ts'
import { type Language, offeredLanguages } from './offered.ts'
import { otherLanguages } from './other-languages.ts'
import { localStore, safely } from './storage.ts'

/** The languages this territory offers (lib/territories.ts, passed by the build), its default first. */
export const languages = offeredLanguages(import.meta.env.VITE_LANGUAGES)

const storageKey = 'preau.language'

const isOffered = (text: string | null | undefined): text is Language => languages.includes(text as Language)

/** The active language. */
export const currentLanguage = (): Language => (isOffered(i18n.locale) ? i18n.locale : languages[0])

const activate = (language: Language): void => {
  i18n.activate(language)
  document.documentElement.lang = language
}

let chosen: Language | undefined

/**
 * Activates a language, and stores it for the next visit: the territory's default at once, another when its texts are
 * there. Until then, and if they cannot be fetched, the language before stays active.
 */
export const setLanguage = async (language: Language): Promise<void> => {
  chosen = language
  safely(() => localStore.setItem(storageKey, language))
  const fetchTexts = otherLanguages[language]
  if (fetchTexts) {
    if (!i18n.locale) activate(languages[0])
    const fetched = await fetchTexts().catch(() => undefined)
    // Another one may have been chosen meanwhile.
    if (!fetched || chosen !== language) return
    i18n.load(language, fetched.texts)
  }
  activate(language)
}

/** What the browser asks pages for: `en-GB` is `en`. */
const asked = (): string[] => navigator.languages.map(tag => tag.split('-')[0]?.toLowerCase() ?? '')

/**
 * The language to start in, if it is offered: the person's own, else the one last chosen on this device, else the first
 * that the browser asks for, else the territory's default.
 */
export const initialLanguage = (me: Me | undefined): Language =>
  [me?.person.language, localStore.getItem(storageKey), ...asked()].find(isOffered) ?? languages[0]
