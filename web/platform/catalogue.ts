import { i18n } from '@lingui/core'
import { useLingui } from '@lingui/react'
import { useMemo } from 'react'

/**
 * The texts of one feature, in `web/<feature>/texts.ts` and nowhere else; a large feature keeps those of one folder
 * in that folder's own, and those that are loaded apart in `<part>-texts.ts` (menu-texts.ts: the menu's label):
 *
 *     export const texts = catalogue({
 *       fr: { 'news.title': 'Actualités', 'news.unread': '{count, plural, one {# non lue} other {# non lues}}' },
 *       en: { 'news.title': 'News', 'news.unread': '{count, plural, one {# unread} other {# unread}}' },
 *     })
 *
 * and in a screen: `const t = useTexts(texts)`, then `t('news.unread', { count })`. Texts are ICU messages; a
 * key begins with its feature's name; a language that misses a key, or has one too many, does not compile. The build
 * (catalogues.plugin.ts) puts parsed messages in the place of texts, so that no parser ships. A feature's texts
 * come with the first chunk that imports them, those of other languages than the territory's default when one is chosen
 * (language.ts). `apart`: in all languages with the chunk, for long texts that few open.
 */
export const catalogue = <const French extends Texts>(
  byLanguage: {
    readonly fr: French
    readonly en: { readonly [Key in keyof French]: string }
  },
  { apart = false } = {},
): Catalogue<keyof French & string> => {
  i18n.load({ fr: { ...byLanguage.fr }, en: { ...byLanguage.en } as Texts })
  return { byLanguage, apart }
}

type Texts = Readonly<Record<string, string>>

/** A feature's texts, registered with Lingui. */
export type Catalogue<Key extends string> = {
  readonly byLanguage: {
    readonly fr: { readonly [key in Key]: string }
    readonly en: { readonly [key in Key]: string }
  }
  readonly apart: boolean
}

/** The keys of a catalogue: `KeyOf<typeof texts>`. */
export type KeyOf<Held> = Held extends Catalogue<infer Key> ? Key : never

/** Values for the placeholders of a text. */
export type Values = Readonly<Record<string, string | number>>

/** Returns the text of a key in the person's language, with its placeholders replaced. */
export type Translate<Key extends string> = (key: Key, values?: Values) => string

/**
 * A function that translates the keys of one or more catalogues into the person's language. The component renders again
 * when they choose another.
 */
export const useTexts = <const Held extends readonly Catalogue<string>[]>(
  ..._: Held
): Translate<KeyOf<Held[number]>> => {
  const { i18n: spoken } = useLingui()
  return useMemo(() => (key, values) => spoken.t(key, values as Record<string, unknown>), [spoken])
}
