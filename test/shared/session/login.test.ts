import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Login } from '../../../shared/session/credentials.ts'
import { typedLogin } from '../../../shared/session/login.ts'
import { assertProperty } from '../../support/property.ts'

describe('typedLogin()', () => {
  it.each([
    ['lea.martin', 'lea.martin', 'as it is stored'],
    ['LEA.Martin', 'lea.martin', 'capitals'],
    ['Léa.Martin', 'lea.martin', 'an accent, composed'],
    ['Le\u0301a.Martin', 'lea.martin', 'an accent, decomposed'],
    ['  lea.martin\t\n', 'lea.martin', 'white space around'],
    ['lea . martin', 'lea.martin', 'spaces within'],
    ['lea.\u00a0martin\u202f', 'lea.martin', 'no-break spaces'],
    ['\ufefflea\u200b.mar\u00adtin\u200e', 'lea.martin', 'byte order mark, zero-width space, soft hyphen, direction'],
    ['lea.martin\ufe0f', 'lea.martin', 'a variation selector'],
    ['\u202alea.martin\u202c', 'lea.martin', 'pasted between direction marks'],
    ['lea.martin\u3164', 'lea.martin', 'a filler'],
    ['ｌｅａ．ｍａｒｔｉｎ', 'lea.martin', 'full width'],
    ['jean‐éric.d–hérouville', 'jean-eric.d-herouville', 'a hyphen and a dash of another kind'],
    ['jean‑eric.d−herouville', 'jean-eric.d-herouville', 'a no-break hyphen and a minus sign'],
    ['cœur.œuf', 'coeur.oeuf', 'œ'],
    ['Đặng.Łęcki', 'dang.lecki', 'letters that keep their shape'],
    ['İnci.ışık', 'inci.isik', 'Turkish letters'],
    ['Straße', 'strasse', 'ß'],
    ['lea.martin2', 'lea.martin2', 'a number'],
    ['lea@martin', 'lea@martin', 'another sign, which stays: it is another login'],
  ])('makes of %j: %s (%s)', (typed, login) => {
    expect(typedLogin(typed)).toBe(login)
    expect(Login.parse(typed)).toBe(login)
  })

  it('gives what it leaves as it is', () => {
    assertProperty(
      fc.property(fc.string({ unit: 'binary' }), typed => {
        expect(typedLogin(typedLogin(typed))).toBe(typedLogin(typed))
      }),
    )
  })

  it('leaves nothing of what is not seen, and more than any login has of what is too long: what nobody has', () => {
    expect(Login.parse('\u200b\u200b \u00ad')).toBe('')
    // A ligature that is written out in eighteen letters.
    expect(Login.parse('\ufdfa'.repeat(200))).toHaveLength(81)
    expect(Login.safeParse('').success).toBe(false)
  })
})
