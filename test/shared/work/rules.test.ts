import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, mondayOf, weekOf } from '../../../shared/work/rules.ts'
import { assertProperty } from '../../support/property.ts'

describe('weekOf()', () => {
  // ISO 8601: the week of the year's first Thursday is its first. Checked against the calendars of these years.
  it.each([
    ['2020-12-31', '2020-W53'],
    ['2021-01-01', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-29', '2024-W52'],
    ['2024-12-30', '2025-W01'],
    ['2025-12-28', '2025-W52'],
    ['2025-12-29', '2026-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
  ])('names the week of %s %s', (day, week) => {
    expect(weekOf(day)).toBe(week)
  })

  it('is the same from Monday to Sunday, another one each Monday, and never goes back', () => {
    const day = fc.integer({ min: 0, max: 40_000 }).map(days => dayAfter('1990-01-01', days))
    assertProperty(
      fc.property(day, one => {
        const monday = mondayOf(one)
        for (let at = 0; at < 7; at++) expect(weekOf(dayAfter(monday, at))).toBe(weekOf(one))
        expect(weekOf(dayAfter(monday, 7)) > weekOf(one)).toBe(true)
      }),
    )
  })
})

describe('mondayOf()', () => {
  it.each([
    ['2021-01-03', '2020-12-28'],
    ['2026-03-29', '2026-03-23'],
    ['2026-03-30', '2026-03-30'],
  ])('is, of %s, %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday)
  })
})
