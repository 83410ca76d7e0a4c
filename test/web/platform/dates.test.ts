import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { beginOf, momentOf } from '../../../shared/kernel/territory-day.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { dateWords, isElsewhere } from '../../../web/platform/dates.ts'
import { assertProperty } from '../../support/property.ts'

const zone = process.env.TZ
// The device is far from the territory, whose hours are said all the same.
process.env.TZ = 'Pacific/Noumea'
afterAll(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

/** An instant, by the clock on a wall in Paris: `2026-03-16 08:30`. */
const at = (wall: string) => momentOf(wall.slice(0, 10), wall.slice(11))
const fr = (now: string) => dateWords('fr', () => at(now))
const en = (now: string) => dateWords('en', () => at(now))
/** With ordinary spaces, to be read here. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('dateWords()', () => {
  it('is tested on a device of another time zone', () => {
    expect(at('2026-03-16 08:00').getHours()).toBe(18)
    expect(isElsewhere()).toBe(true)
  })

  it.each([
    ['2026-03-16 00:00', 'Aujourd’hui', 'Today'],
    ['2026-03-16 23:59', 'Aujourd’hui', 'Today'],
    ['2026-03-17 00:00', 'Demain', 'Tomorrow'],
    ['2026-03-15 23:59', 'Hier', 'Yesterday'],
    ['2026-03-18 08:00', 'Mercredi 18 mars', 'Wednesday 18 March'],
    ['2026-04-02 08:00', 'Jeudi 2 avril', 'Thursday 2 April'],
    ['2026-04-01 08:00', 'Mercredi 1er avril', 'Wednesday 1 April'],
    ['2026-11-11 08:00', 'Mercredi 11 novembre', 'Wednesday 11 November'],
    ['2025-12-31 08:00', 'Mercredi 31 décembre 2025', 'Wednesday 31 December 2025'],
    ['2027-01-01 08:00', 'Vendredi 1er janvier 2027', 'Friday 1 January 2027'],
  ])('calls %s, seen from 16 March 2026, %s and %s', (wall, french, english) => {
    expect([fr('2026-03-16 08:00').day(at(wall)), en('2026-03-16 08:00').day(at(wall))]).toEqual([french, english])
  })

  it.each([
    // A minute before midnight, and a minute after.
    ['2026-03-16 23:59', '2026-03-17 00:00', 'Demain'],
    ['2026-03-17 00:01', '2026-03-16 23:59', 'Hier'],
    // The day of 23 hours, and the day of 25.
    ['2026-03-28 23:30', '2026-03-29 23:30', 'Demain'],
    ['2026-03-29 00:30', '2026-03-30 23:30', 'Demain'],
    ['2026-03-29 00:30', '2026-03-29 23:59', 'Aujourd’hui'],
    ['2026-03-30 00:10', '2026-03-29 00:10', 'Hier'],
    ['2026-10-24 23:59', '2026-10-25 00:00', 'Demain'],
    ['2026-10-25 00:00', '2026-10-25 23:59', 'Aujourd’hui'],
    ['2026-10-25 00:10', '2026-10-26 23:50', 'Demain'],
    ['2026-10-26 00:10', '2026-10-25 00:10', 'Hier'],
    // New Year.
    ['2026-12-31 20:00', '2027-01-01 08:00', 'Demain'],
  ])('seen from %s calls %s %s', (now, wall, said) => {
    expect(fr(now).day(at(wall))).toBe(said)
  })

  it('calls the next day tomorrow, whatever the hours between', () => {
    // Of the day of 23 hours, too.
    const minute = fc.integer({ min: 0, max: 1379 })
    assertProperty(
      fc.property(fc.integer({ min: 0, max: 365 }), minute, minute, (day, from, to) => {
        const today = dayAfter('2026-01-01', day)
        const now = new Date(beginOf(today).getTime() + from * 60_000)
        const later = new Date(beginOf(dayAfter(today, 1)).getTime() + to * 60_000)
        expect(dateWords('fr', () => now).day(later)).toBe('Demain')
        expect(dateWords('en', () => later).day(now)).toBe('Yesterday')
      }),
    )
  })

  it.each([
    ['2026-03-16 18:00', '18 h', '18:00'],
    ['2026-03-16 08:30', '8 h 30', '08:30'],
    ['2026-03-16 08:05', '8 h 05', '08:05'],
    ['2026-03-16 00:00', '0 h', '00:00'],
    // In summer time, and in the hour that comes twice.
    ['2026-03-29 03:00', '3 h', '03:00'],
    ['2026-10-25 02:30', '2 h 30', '02:30'],
  ])('tells the time of %s: %s, %s', (wall, french, english) => {
    const said = fr('2026-03-16 08:00').time(at(wall))
    expect([plain(said), en('2026-03-16 08:00').time(at(wall))]).toEqual([french, english])
    expect(said).not.toContain(' ')
  })

  it.each([
    ['2026-03-17 18:00', 'demain, 18 h', 'tomorrow, 18:00'],
    ['2026-03-16 18:00', 'aujourd’hui, 18 h', 'today, 18:00'],
    ['2026-04-02 08:30', 'jeudi 2 avril, 8 h 30', 'Thursday 2 April, 08:30'],
  ])('says %s within a sentence: %s; %s', (wall, french, english) => {
    const [words, others] = [fr('2026-03-16 08:00'), en('2026-03-16 08:00')]
    expect([plain(words.dayTime(at(wall))), others.dayTime(at(wall))]).toEqual([french, english])
  })

  it.each([
    ['2026-03-16 08:00', 'maintenant', 'now'],
    ['2026-03-16 07:59', 'il y a 1 minute', '1 minute ago'],
    ['2026-03-16 07:01', 'il y a 59 minutes', '59 minutes ago'],
    ['2026-03-16 07:00', 'aujourd’hui, 7 h', 'today, 07:00'],
    ['2026-03-15 23:00', 'hier, 23 h', 'yesterday, 23:00'],
    // The API's clock is ahead of the device's.
    ['2026-03-16 08:02', 'maintenant', 'now'],
  ])('says how long ago %s was: %s, %s', (wall, french, english) => {
    const [words, others] = [fr('2026-03-16 08:00'), en('2026-03-16 08:00')]
    expect([plain(words.ago(at(wall))), others.ago(at(wall))]).toEqual([french, english])
  })

  it.each([
    ['2026-04-02 08:00', '2 avril 2026', '2 April 2026'],
    ['2026-04-01 08:00', '1er avril 2026', '1 April 2026'],
  ])('writes %s out: %s, %s', (wall, french, english) => {
    const [words, others] = [fr('2026-03-16 08:00'), en('2026-03-16 08:00')]
    expect([plain(words.date(at(wall))), others.date(at(wall))]).toEqual([french, english])
  })

  it('takes an instant as the API writes it, and groups by the day it is in Paris', () => {
    const { day, dayKey } = fr('2026-03-16 08:00')
    expect([day('2026-03-16T23:30:00.000Z'), dayKey('2026-03-16T23:30:00.000Z')]).toEqual(['Demain', '2026-03-17'])
    expect(dayKey('2026-10-25T22:59:00.000Z')).toBe('2026-10-25')
  })

  it('takes a day of the calendar as that day, in any time zone', () => {
    for (const zone of ['America/Guadeloupe', 'Pacific/Wallis', 'Europe/Paris']) {
      const words = dateWords('fr', () => at('2026-03-16 12:00'), zone)
      expect([words.day('2026-04-02'), words.date('2026-04-01'), words.dayKey('2026-04-02')]).toEqual([
        'Jeudi 2 avril',
        '1er avril 2026',
        '2026-04-02',
      ])
    }
  })

  it('tells the hours of the territory whatever the device has, and what they are called', () => {
    const instant = '2026-03-16T22:30:00.000Z'
    const words = dateWords('fr', () => at('2026-03-16 08:00'), 'Indian/Reunion')
    expect([words.day(instant), plain(words.time(instant)), words.zoneName()]).toEqual([
      'Demain',
      '2 h 30',
      'heure de La Réunion',
    ])
  })
})

describe('isElsewhere()', () => {
  it('is true of a device whose clock shows another time in summer or in winter', () => {
    const devices = ['Europe/Paris', 'Europe/Brussels', 'Africa/Lagos', 'America/Guadeloupe', 'Pacific/Noumea']
    expect(devices.map(isElsewhere)).toEqual([false, false, true, true, true])
  })
})
