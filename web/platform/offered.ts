import type { Me } from '../../shared/session/contract.ts'

export type Language = NonNullable<Me['person']['language']>

/** The languages the catalogues are written in. */
const written: readonly Language[] = ['fr', 'en']

/**
 * Parses VITE_LANGUAGES (`fr,en`): the languages a territory offers, its default first. Absent: all there are. Throws for
 * a language without texts.
 */
export const offeredLanguages = (asked: string | undefined): readonly [Language, ...Language[]] => {
  const [first, ...others] = (asked ?? written.join()).split(',').map(one => {
    const language = written.find(known => known === one)
    if (!language) throw new Error(`The web app has no texts in "${one}". It has: ${written.join(', ')}.`)
    return language
  })
  return [first as Language, ...others]
}
