import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerpt } from '../../../functions/news/publishing/excerpt.ts'
import { assertProperty } from '../../support/property.ts'

describe('excerpt()', () => {
  it.each([
    ['Le collège est **fermé** lundi.', 'Le collège est fermé lundi.'],
    ['# Titre\n\n- un *point*\n- un [lien](https://exemple.fr)', 'Titre un point un lien'],
    ['Voir <https://exemple.fr/page>', 'Voir https://exemple.fr/page'],
    ['2 * 3 * 4 = 24', '2 * 3 * 4 = 24'],
    ['1. Lire\n2. Écrire', 'Lire Écrire'],
    ['Un \\*astérisque\\*', 'Un *astérisque*'],
  ])('makes plain text of %j', (body, plain) => {
    expect(excerpt(body)).toBe(plain)
  })

  it('cuts at a word, and says so', () => {
    const cut = excerpt('abcdefghi '.repeat(40))
    expect(cut).toMatch(/^(abcdefghi )+abcdefghi…$/)
    expect(cut.length).toBeLessThanOrEqual(221)
  })

  it('is one line of bounded length for any text', () => {
    assertProperty(
      fc.property(fc.string({ maxLength: 2000 }), body => {
        const made = excerpt(body)
        expect(made.length).toBeLessThanOrEqual(221)
        expect(made).not.toMatch(/\n/)
      }),
    )
  })
})
