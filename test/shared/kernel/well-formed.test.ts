import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { illFormedTexts, isWellFormed, wellFormed } from '../../../shared/kernel/well-formed.ts'
import { assertProperty } from '../../support/property.ts'

const units = fc.string({ unit: fc.constantFrom('a', '\ud83c', '\udf84', '🎄', '\u0301'), maxLength: 12 })

describe('isWellFormed()', () => {
  it('agrees with the language', () => {
    assertProperty(
      fc.property(units, text => {
        expect(isWellFormed(text)).toBe(text.isWellFormed())
      }),
    )
  })
})

describe('wellFormed()', () => {
  it('takes halves of pairs away, and nothing else', () => {
    expect(wellFormed('a\ud83c🎄\udf84b')).toBe('a🎄b')
    assertProperty(
      fc.property(units, text => {
        expect(isWellFormed(wellFormed(text))).toBe(true)
        if (isWellFormed(text)) expect(wellFormed(text)).toBe(text)
      }),
    )
  })
})

describe('illFormedTexts()', () => {
  it('names every text that is not well-formed, in order, and the keys', () => {
    const value = { a: 'x', b: ['🎄', '\ud83c', { c: '\udf84' }], d: null, e: 1, 'f\ud83c': 'x' }
    expect(illFormedTexts(value)).toEqual(['b.1', 'b.2.c', 'f'])
    expect(illFormedTexts('\ud83c')).toEqual([''])
  })

  it('looks at any depth', () => {
    const depth = 30_000
    expect(illFormedTexts(JSON.parse(`${'['.repeat(depth)}"\\ud83c"${']'.repeat(depth)}`))).toHaveLength(1)
  })
})
