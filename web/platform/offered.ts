import type { Language } from './language.ts'

/** The languages that the catalogues hold. */
const written: readonly Language[] = ['fr', 'en']

/**
 * The languages a territory offers, its default first, from how the build is told: `fr,en`. Absent: all there are.
 * Throws for one that the catalogues do not hold.
 */
export const offeredLanguages = (asked: string | undefined): readonly [Language, ...Language[]] => {
  const [first, ...others] = (asked ?? written.join()).split(',').map(one => {
    const language = written.find(known => known === one)
    if (!language) throw new Error(`The web app has no texts in "${one}". It has: ${written.join(', ')}.`)
    return language
  })
  return [first as Language, ...others]
}
