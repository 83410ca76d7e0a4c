import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tidy } from '../../../../functions/directory/import/feed/tidy.ts'
import { lengthOf } from '../../../../shared/kernel/length.ts'
import { isBlank } from '../../../../shared/kernel/text.ts'
import { assertProperty } from '../../../support/property.ts'

describe('tidy()', () => {
  it.each([
    [' E\u0301lodie\t\u00a0Martin ', 'Élodie Martin'],
    ['\u202eMar\u00adtin\u200b', 'Martin'],
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['\u3164\u2800', ''],
    ['Léa\u0000\u{e0000}\u0000Martin', 'Léa Martin'],
    ['Le\u{e0000}\u0301a', 'Léa'],
    ['Léa\u200e Martin\u200e ', 'Léa\u200e Martin'],
    [`${'a'.repeat(119)}🎄🎄`, `${'a'.repeat(119)}🎄`],
    [`${'a'.repeat(118)} 👩‍🏫`, 'a'.repeat(118)],
  ])('makes of %j %j', (text, expected) => {
    expect(tidy(text)).toBe(expected)
  })

  it('gives a well-formed name of at most 120 characters, or none, and the same for it again', () => {
    assertProperty(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const name = tidy(text)
        expect(tidy(name)).toBe(name)
        expect(name.isWellFormed() && lengthOf(name) <= 120 && (name === '' || !isBlank(name))).toBe(true)
      }),
    )
  })
})
