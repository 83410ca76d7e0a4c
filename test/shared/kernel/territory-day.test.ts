import { describe, expect, it } from 'vitest'
import { dayIn, momentOf, timeIn } from '../../../shared/kernel/territory-day.ts'

describe('momentOf()', () => {
  it.each([
    ['2026-11-24', '18:00', 'Europe/Paris', '2026-11-24T17:00:00.000Z'],
    ['2026-06-24', '18:00', 'Europe/Paris', '2026-06-24T16:00:00.000Z'],
    ['2026-11-24', '00:00', 'Europe/Paris', '2026-11-23T23:00:00.000Z'],
    ['2026-11-24', '23:59', 'Pacific/Tahiti', '2026-11-25T09:59:00.000Z'],
    // The nights on which the clocks change.
    ['2026-03-29', '18:00', 'Europe/Paris', '2026-03-29T16:00:00.000Z'],
    ['2026-10-25', '18:00', 'Europe/Paris', '2026-10-25T17:00:00.000Z'],
    ['2026-10-25', '23:59', 'Europe/Paris', '2026-10-25T22:59:00.000Z'],
    ['2026-03-29', '00:30', 'Europe/Paris', '2026-03-28T23:30:00.000Z'],
  ])('gives %s, %s in %s', (day, time, zone, instant) => {
    const at = momentOf(day, time, zone)
    expect(at.toISOString()).toBe(instant)
    expect([dayIn(at, zone), timeIn(at, zone)]).toEqual([day, time])
  })
})
