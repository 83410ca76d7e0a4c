import { describe, expect, it } from 'vitest'
import { utcSchoolHours } from '../../../lib/platform/school-hours.ts'

describe('utcSchoolHours', () => {
  it.each([
    [undefined, 7, 15],
    ['Europe/Paris', 7, 15],
    ['America/Cayenne', 11, 20],
    ['America/Guadeloupe', 12, 21],
    ['Indian/Reunion', 4, 13],
    // The school day goes on over midnight of UTC.
    ['Pacific/Noumea', 0, 6],
    ['Pacific/Tahiti', 18, 24],
    ['Asia/Kolkata', 3, 11],
    ['UTC', 8, 17],
  ])('gives hours of UTC that are school hours all year in %s', (timeZone, from, until) => {
    expect(utcSchoolHours(timeZone)).toEqual({ from, until })
  })

  it('gives hours at which schools are open, on the same day as in UTC, in every zone', () => {
    for (const timeZone of Intl.supportedValuesOf('timeZone')) {
      const { from, until } = utcSchoolHours(timeZone)
      expect(until - from, timeZone).toBeGreaterThanOrEqual(3)
      for (const month of [0, 3, 6, 9])
        for (let hour = from; hour < until; hour++) {
          const at = new Date(Date.UTC(2026, month, 14, hour))
          const options = { timeZone, hour: '2-digit', day: 'numeric', hourCycle: 'h23' } as const
          const parts = new Intl.DateTimeFormat('en', options).formatToParts(at)
          const part = (type: string) => Number(parts.find(one => one.type === type)?.value)
          expect(part('day'), `${timeZone} ${at.toISOString()}`).toBe(14)
          expect(part('hour'), `${timeZone} ${at.toISOString()}`).toBeGreaterThanOrEqual(7)
          expect(part('hour'), `${timeZone} ${at.toISOString()}`).toBeLessThan(18)
        }
    }
  })
})
