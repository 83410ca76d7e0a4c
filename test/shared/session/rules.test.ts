import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusedPassword } from '../../../shared/session/rules.ts'
import { assertProperty } from '../../support/property.ts'

const context = ['lea.martin', 'Léa', 'Martin', 'Collège des Tilleuls', 'Valmont', '0750001A']

describe('refusedPassword()', () => {
  it.each(['', 'motdepasse1', 'onze caract', 'éééééééééée'])('finds %s short', password => {
    expect(refusedPassword(password)).toBe('password-too-short')
  })

  it('counts characters after NFKC, not bytes', () => {
    expect(refusedPassword('e\u0301'.repeat(11))).toBe('password-too-short')
    expect(refusedPassword('🐎🔋📎✅🦋🌻🍓🚲🎈🪁🧭🔭')).toBeUndefined()
  })

  it.each([
    'azertyuiop123',
    'motdepasse1234',
    'MotDePasse!2024',
    'P@ssw0rd12345',
    'passwordpassword',
    'Pr3au-2026!!!',
    '123456789012',
    '098765432109',
    'qwertyuiopasdf',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'abcdefghijklmnop',
    'bonjourbonjour',
    'soleil-2014-01',
    'iloveyouforever',
    'Correct Horse Battery Staple',
    'Olympique de Marseille',
    '1q2w3e4r5t6y',
    'jetaimemaman',
    'Doudou1234567',
    'marie20102010',
  ])('finds %s common', password => {
    expect(refusedPassword(password)).toBe('password-too-common')
  })

  it.each(['lea.martin2014', 'Martin-12052010', 'LéaMartin123!', 'tilleuls2026!', 'valmontvalmont', '0750001A2026'])(
    'finds %s common for whom it speaks of',
    password => {
      expect(refusedPassword(password, context)).toBe('password-too-common')
    },
  )

  it.each([
    'quatre chevaux sans bride',
    'la grenouille aime le vélo',
    'trois poules sur un mur',
    'hR7#kq92Lw!x',
    'vingt-deux parapluies mauves',
    'ma tante joue du tuba',
  ])('takes %s', password => {
    expect(refusedPassword(password, context)).toBeUndefined()
  })

  it('asks for nothing but length of what is not common', () => {
    const letters = fc.array(fc.constantFrom(...'bghjkmvwxyz'), { minLength: 24, maxLength: 60 })
    assertProperty(
      fc.property(letters, some => {
        fc.pre(new Set(some).size > 6)
        const unpredictable = some.filter((letter, at) => letter !== some[at - 1]).join('')
        fc.pre(unpredictable.length >= 16)
        return refusedPassword(unpredictable) === undefined
      }),
      { short: 200, long: 50_000 },
    )
  })

  it('refuses any run of one character', () => {
    assertProperty(
      fc.property(fc.constantFrom(...'ae1 .é!'), fc.integer({ min: 12, max: 256 }), (sign, length) => {
        return refusedPassword(sign.repeat(length)) === 'password-too-common'
      }),
    )
  })
})
