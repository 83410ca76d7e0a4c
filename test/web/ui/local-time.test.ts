import { afterAll, describe, expect, it } from 'vitest'
import { comesTwice, dayProblem, momentProblem, toInstant, toLocal, yearsAfter } from '../../../web/ui/local-time.ts'

const zone = process.env.TZ
// The device is far from the territory, whose hours are typed all the same.
process.env.TZ = 'America/Guadeloupe'
afterAll(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const now = new Date('2026-03-16T07:00:00.000Z')

describe('momentProblem()', () => {
  it.each([
    ['', undefined],
    ['2026-03-17T08:30', undefined],
    ['unreadable', 'unreadable'],
    ['20266-12-12T10:00', 'unreadable'],
    ['2029-03-17T08:30', 'far'],
  ])('of %j is %s', (local, expected) => {
    expect(momentProblem(local, yearsAfter(now, 2))).toBe(expected)
  })
})

describe('dayProblem()', () => {
  it.each([
    ['', undefined],
    ['2026-03-16', undefined],
    ['2026-03-15', 'past'],
    ['2206-03-16', 'far'],
    ['20266-03-16', 'unreadable'],
    ['unreadable', 'unreadable'],
  ])('of %j is %s', (day, expected) => {
    expect(dayProblem(day, now, yearsAfter(now, 20))).toBe(expected)
  })
})

describe('in Paris, on a device of Guadeloupe', () => {
  it('a time that is typed is that of Paris, in winter and in summer', () => {
    expect(new Date('2026-12-01T18:00:00.000Z').getHours()).toBe(14)
    expect(toInstant('2026-12-01T18:00')).toBe('2026-12-01T17:00:00.000Z')
    expect(toInstant('2027-06-01T18:00')).toBe('2027-06-01T16:00:00.000Z')
    expect(toLocal('2026-12-01T23:30:00.000Z')).toBe('2026-12-02T00:30')
  })

  it('an hour is left out in spring', () => {
    expect(momentProblem('2027-03-28T02:30', yearsAfter(now, 2))).toBe('skipped')
    expect(momentProblem('2027-03-28T03:30', yearsAfter(now, 2))).toBeUndefined()
  })

  it('an hour comes twice in autumn, and its first is meant', () => {
    const hours = ['2026-10-25T01:59', '2026-10-25T02:30', '2026-10-25T03:00', 'unreadable']
    expect(hours.map(comesTwice)).toEqual([false, true, false, false])
    expect(toInstant('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(toLocal('2026-10-25T01:30:00.000Z')).toBe('2026-10-25T02:30')
  })
})
