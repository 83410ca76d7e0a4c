import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loginOf } from '../../../functions/directory/login.ts'
import { Login } from '../../../shared/session/credentials.ts'
import { assertProperty } from '../../support/property.ts'

const person = (givenName: string, familyName: string) => ({ id: '0123456789abcdef', givenName, familyName })

describe('loginOf()', () => {
  it.each([
    ['Léa', 'Martin', 1, 'lea.martin'],
    ['Léa', 'Martin', 2, 'lea.martin2'],
    ['Jean-Éric', 'D’Hérouville de la Tour', 1, 'jean-eric.d-herouville-de-la-tour'],
    ['Đặng', 'Łęcki', 1, 'dang.lecki'],
    ['李', '明', 1, '01234567'],
    ['', 'Ng', 1, 'ng'],
    ['', 'O', 1, 'o1'],
  ])('makes of %s %s, number %i: %s', (given, family, nth, login) => {
    expect(loginOf(person(given, family), nth)).toBe(login)
  })

  it('makes what a sign-in takes as it stands, of any name, and another one for each number', () => {
    assertProperty(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (given, family) => {
        const logins = [1, 2, 3, 1000].map(nth => loginOf(person(given, family), nth))
        expect(new Set(logins).size).toBe(4)
        for (const login of logins) {
          expect(Login.parse(login)).toBe(login)
          expect(login).toMatch(/^[a-z0-9.-]+$/)
        }
      }),
    )
  })
})
