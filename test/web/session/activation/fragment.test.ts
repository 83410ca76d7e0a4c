import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loginOnSheet } from '../../../../web/session/activation/fragment.ts'
import { assertProperty } from '../../../support/property.ts'

describe('loginOnSheet()', () => {
  it.each([
    ['#login=lea.martin', 'lea.martin'],
    ['#code=k7pq-2m9x-w4td&login=lea.martin', 'lea.martin'],
    ['#login=%20lea.martin+', 'lea.martin'],
    ['#code=k7pq-2m9x-w4td', ''],
    ['', ''],
    ['#', ''],
    ['#main', ''],
    ['#login=', ''],
    ['#login=%E0%A4%A', '\ufffd%A'],
  ])('reads %j', (fragment, login) => {
    expect(loginOnSheet(fragment)).toBe(login)
  })

  it('cuts at the field’s length', () => {
    expect(loginOnSheet(`#login=${'l'.repeat(500)}`)).toHaveLength(80)
  })

  it('parses what sheets are printed with, and never throws', () => {
    assertProperty(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{2,80}$/), login => {
        expect(loginOnSheet(`#${new URLSearchParams({ login })}`)).toBe(login)
      }),
    )
    assertProperty(fc.property(fc.string(), fragment => typeof loginOnSheet(fragment) === 'string'))
  })
})
