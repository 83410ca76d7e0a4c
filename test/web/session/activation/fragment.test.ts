import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sheetOf } from '../../../../web/session/activation/fragment.ts'
import { assertProperty } from '../../../support/property.ts'

const nothing = { login: '', code: '' }

describe('sheetOf()', () => {
  it.each([
    ['#login=lea.martin&code=k7pq-2m9x-w4td', { login: 'lea.martin', code: 'k7pq-2m9x-w4td' }],
    ['#code=k7pq-2m9x-w4td&login=lea.martin', { login: 'lea.martin', code: 'k7pq-2m9x-w4td' }],
    ['#login=%20lea.martin+&code=K7PQ%202M9X', { login: 'lea.martin', code: 'K7PQ 2M9X' }],
    ['#login=lea.martin', { login: 'lea.martin', code: '' }],
    ['', nothing],
    ['#', nothing],
    ['#main', nothing],
    ['#login=&code=', nothing],
    ['#login=%E0%A4%A&code=k7pq', { login: '\ufffd%A', code: 'k7pq' }],
  ])('reads %j', (fragment, sheet) => {
    expect(sheetOf(fragment)).toEqual(sheet)
  })

  it('cuts values at the fields’ lengths', () => {
    const sheet = sheetOf(`#login=${'l'.repeat(500)}&code=${'c'.repeat(500)}`)
    expect([sheet.login.length, sheet.code.length]).toEqual([80, 40])
  })

  it('parses what sheets are printed with, and never throws', () => {
    assertProperty(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{2,80}$/), fc.stringMatching(/^[a-z0-9-]{4,40}$/), (login, code) => {
        expect(sheetOf(`#${new URLSearchParams({ login, code })}`)).toEqual({ login, code })
      }),
    )
    assertProperty(fc.property(fc.string(), fragment => typeof sheetOf(fragment).login === 'string'))
  })
})
