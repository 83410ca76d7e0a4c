import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../../shared/kernel/length.ts'
import { cut, firstSigns, isBlank, onLines, onOneLine, visible } from '../../../shared/kernel/text.ts'
import { assertProperty } from '../../support/property.ts'

/** All code points of the categories of Unicode of which nothing is seen. */
const nothing = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter(code => code < 0xd800 || code > 0xdfff)
  .map(code => String.fromCodePoint(code))
  .filter(sign => /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Z}\u2800]/u.test(sign))
const unseen = fc.constantFrom(...nothing)
const marks = fc.constantFrom('\u0301', '\u0308', '\u20dd', '\u034f', '\ufe0f')
const letters = fc.constantFrom('a', 'É', 'ß', 'م', 'ی', '学', 'ก', '1', '?')
const emoji = fc.constantFrom('👩‍🏫', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇫🇷', '👍🏽', '1️⃣', '🎄')
const mixed = fc
  .array(fc.oneof(unseen, marks, letters, emoji, fc.constant(' ')), { maxLength: 20 })
  .map(all => all.join(''))

describe('isBlank()', () => {
  it('sees nothing in what Unicode draws as nothing, one by one', () => {
    expect(nothing.length).toBeGreaterThan(4_000)
    expect(nothing.filter(sign => !isBlank(sign))).toEqual([])
    for (const sign of [
      '\u2800',
      '\u3164',
      '\u115f',
      '\u200d',
      '\u200e',
      '\u034f',
      '\ufe0f',
      '\u061c',
      '\u180e',
      '\u{e0020}',
      '\u{1d173}',
    ])
      expect(isBlank(sign), sign.codePointAt(0)?.toString(16)).toBe(true)
  })

  it('sees nothing in any number of them, with or without marks, and something in a letter among them', () => {
    const blank = fc.array(fc.oneof(unseen, marks), { maxLength: 30 }).map(all => all.join(''))
    assertProperty(
      fc.property(blank, fc.oneof(letters, emoji), blank, (before, letter, after) => {
        expect(isBlank(before + after)).toBe(true)
        expect(isBlank(before + letter + after)).toBe(false)
      }),
    )
  })
})

describe('visible()', () => {
  it.each([
    ['Payer \u202egpj.exe\u202c', 'Payer gpj.exe'],
    ['\ufeffSor\u00adtie\u200b\u2060', 'Sortie'],
    ['a\u{e0041}b\u3164c\uffa0', 'abc'],
    ['\u200dfin\u200d \u200c', 'fin '],
    [`Z${'\u0301'.repeat(130)}algo`, `Z${'\u0301'.repeat(8)}algo`],
    ['drapeau 🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{e0041} 🎄\u{e0041}', 'drapeau 🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{e0041} 🎄'],
  ])('makes of %j %j', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })

  it.each([
    'می\u200cخواهم',
    'क्\u200dष',
    '👩\u200d🏫 ❤\ufe0f 1\ufe0f\u20e3 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩🏽\u200d🦰',
    'שלום\u200f!',
    'Việt Nam, Ελλάδα',
    'cafe\u0301',
  ])('keeps %j', text => {
    expect(visible(text)).toBe(text)
  })

  it('changes nothing a second time, and leaves no unseen sign that shapes nothing', () => {
    assertProperty(
      fc.property(mixed, text => {
        const once = visible(text)
        expect(visible(once)).toBe(once)
        expect(once).not.toMatch(/[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\u3164\u115f\ufff9-\ufffb]/)
        expect(once).not.toMatch(/\p{M}{9}/u)
      }),
      { short: 1_000, long: 50_000 },
    )
  })
})

describe('cut()', () => {
  it('keeps a short text, and of a long one whole signs', () => {
    expect(cut('Sortie', 6)).toBe('Sortie')
    expect(cut('🎄🎅', 1)).toBe('🎄')
    expect(cut('a👩‍🏫b', 3)).toBe('a')
    expect(cut('cafe\u0301s', 4)).toBe('caf')
    expect(cut('🇫🇷🇧🇪', 3)).toBe('🇫🇷')
    expect(cut('👩‍👩‍👧‍👧 famille', 3)).toBe('👩‍👩')
  })

  it('is a beginning of the text, well-formed, no longer than it may be, and ends between two signs', () => {
    const segmenter = new Intl.Segmenter('fr')
    assertProperty(
      fc.property(mixed, fc.nat(30), (text, most) => {
        const kept = cut(text, most)
        expect(text.startsWith(kept)).toBe(true)
        expect(kept.isWellFormed()).toBe(true)
        expect(lengthOf(kept)).toBeLessThanOrEqual(most)
        const ends = Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length)
        const [first = 0] = ends
        if (kept.length >= first) expect([0, ...ends]).toContain(kept.length)
      }),
      { short: 1_000, long: 50_000 },
    )
  })
})

describe('firstSigns()', () => {
  it('counts signs as people do', () => {
    expect(firstSigns('E\u0301lodie', 1)).toBe('E\u0301')
    expect(firstSigns('👩‍🏫x', 1)).toBe('👩‍🏫')
    expect(firstSigns('ab', 3)).toBe('ab')
  })
})

describe('onOneLine() and onLines()', () => {
  it('have no controls, and lines where there are some', () => {
    expect(onOneLine('Sortie\r\n\tau musée\u2028demain\0')).toBe('Sortie au musée demain ')
    expect(onLines('Un\r\nDeux\rTrois\u2028Quatre\u0085\tCinq\0\u001b')).toBe('Un\nDeux\nTrois\nQuatre\n\tCinq')
  })
})
