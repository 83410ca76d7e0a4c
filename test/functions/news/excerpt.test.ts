import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerpt } from '../../../functions/news/publishing/excerpt.ts'
import { lengthOf } from '../../../shared/kernel/length.ts'
import { assertProperty } from '../../support/property.ts'

describe('excerpt()', () => {
  it.each([
    ['Le collège est **fermé** lundi.', 'Le collège est fermé lundi.'],
    ['# Titre\n\n- un *point*\n- un [lien](https://exemple.fr)', 'Titre un point un lien'],
    ['Voir <https://exemple.fr/page>', 'Voir https://exemple.fr/page'],
    ['2 * 3 * 4 = 24', '2 * 3 * 4 = 24'],
    ['1. Lire\n2. Écrire', 'Lire Écrire'],
    ['Un \\*astérisque\\*', 'Un *astérisque*'],
    ['[le site](www.college.fr) et https://x.fr/*a*', 'le site et https://x.fr/*a*'],
    ['P:\\commun\\_6A, 5*3*2, + 5 €', 'P:\\commun\\_6A, 5*3*2, + 5 €'],
    ['> - **a**\n> - b', 'a b'],
    [`${'> '.repeat(40)}fin`, `${'> '.repeat(40)}fin`],
  ])('makes plain text of %j', (body, plain) => {
    expect(excerpt(body)).toBe(plain)
  })

  it('cuts at a word, and says so', () => {
    const cut = excerpt('abcdefghi '.repeat(40))
    expect(cut).toMatch(/^(abcdefghi )+abcdefghi…$/)
    expect(cut.length).toBeLessThanOrEqual(221)
  })

  it('is one line of bounded length for any text, well-formed and without a sign cut in two', () => {
    expect(excerpt(`a${'🎄'.repeat(110)}`)).toBe(`a${'🎄'.repeat(110)}`)
    expect(excerpt('👩‍🏫'.repeat(110))).toBe(`${'👩‍🏫'.repeat(73)}…`)
    assertProperty(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), body => {
        const made = excerpt(body)
        expect(lengthOf(made)).toBeLessThanOrEqual(221)
        expect(made.isWellFormed()).toBe(true)
        expect(made).not.toMatch(/\n/)
      }),
    )
  })
})
