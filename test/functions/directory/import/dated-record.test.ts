import { describe, expect, test } from 'vitest'
import { nextChange, recordOn } from '../../../../functions/directory/import/people/dated.ts'
import type { GroupRef, PersonRecord } from '../../../../functions/directory/record.ts'
import { beginOf, dayIn } from '../../../../shared/kernel/territory-day.ts'

const group = (id: string, period: { from?: string; to?: string } = {}): GroupRef => ({
  id,
  uai: 'A',
  name: id,
  kind: 'class',
  ...period,
})
const names = { givenName: 'Zoé', familyName: 'Petit' }
const pupil = (groups: GroupRef[], more: Partial<NonNullable<PersonRecord['pupil']>> = {}): PersonRecord => ({
  ...names,
  pupil: { at: ['A'], groups, guardians: [], ...more },
})
const groupsOn = (record: PersonRecord, day: string) => recordOn(record, day).pupil?.groups.map(one => one.id)

describe('recordOn()', () => {
  test.each([
    [{ from: '2026-09-01', to: '2026-09-03' }, ['2026-09-01', '2026-09-02']],
    [{ from: '2026-09-02' }, ['2026-09-02', '2026-09-03']],
    [{ to: '2026-09-01' }, ['2026-08-31']],
    [{ from: '2026-09-02', to: '2026-09-02' }, []],
    [{}, ['2026-08-31', '2026-09-01', '2026-09-02', '2026-09-03']],
  ])('counts an enrollment of %j on its first day, and not on its end date', (period, days) => {
    const record = pupil([group('6A', period)])
    const all = ['2026-08-31', '2026-09-01', '2026-09-02', '2026-09-03']
    expect(all.filter(day => groupsOn(record, day)?.includes('6A'))).toEqual(days)
  })

  test('without dates gives the record as it is', () => {
    const record = pupil([group('6A')])
    expect(recordOn(record, '2026-09-01')).toEqual(record)
    expect(nextChange(record, '2026-09-01')).toBeUndefined()
  })

  test('takes the classes of a school in which somebody is no pupil any more', () => {
    const record = pupil([group('6A')], { at: [], terms: [{ uai: 'A', to: '2026-09-02' }] })
    expect(groupsOn(record, '2026-09-01')).toEqual(['6A'])
    expect(recordOn(record, '2026-09-02').pupil).toBeUndefined()
  })

  test('takes the classes of a teacher whose role is over, and leaves those of another school', () => {
    const other = { ...group('5B'), uai: 'B' }
    const none = { at: [], functions: [], category: false, presence: false }
    const roles = [
      { uai: 'A', role: 'teacher' as const, to: '2026-09-02' },
      { uai: 'B', role: 'teacher' as const },
    ]
    const record: PersonRecord = { ...names, staff: { ...none, roles, groups: [group('6A'), other] } }
    const taught = (day: string) => recordOn(record, day).staff?.groups.map(one => one.id)
    expect(taught('2026-09-01')).toEqual(['6A', '5B'])
    expect(taught('2026-09-02')).toEqual(['5B'])
  })

  test('changes only on the days that nextChange() tells', () => {
    // Whatever periods there are, from one change to the next all days are the same.
    const days = Array.from({ length: 12 }, (_, at) => `2026-09-${String(at + 1).padStart(2, '0')}`)
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    const some = () => (random(3) === 0 ? {} : { from: days[random(12)] ?? '' })
    const period = () => ({ ...some(), ...(random(3) > 0 && { to: days[random(12)] ?? '' }) })
    for (let round = 0; round < 300; round++) {
      const record = pupil([group('6A', period()), group('6A', period()), group('6B', period())], {
        at: [],
        terms: [{ uai: 'A', ...period() }],
      })
      let change = nextChange(record, '2026-08-31')
      let held = JSON.stringify(recordOn(record, '2026-08-31'))
      for (const day of days) {
        const now = JSON.stringify(recordOn(record, day))
        if (change?.day === day) change = nextChange(record, day)
        else expect(now).toBe(held)
        held = now
      }
    }
  })
})

describe('beginOf()', () => {
  test.each([
    ['2026-11-26', 'Europe/Paris', '2026-11-25T23:00:00.000Z'],
    ['2026-07-05', 'Europe/Paris', '2026-07-04T22:00:00.000Z'],
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Paris', '2026-10-25T23:00:00.000Z'],
    ['2026-09-01', 'Indian/Reunion', '2026-08-31T20:00:00.000Z'],
    ['2026-09-01', 'Pacific/Noumea', '2026-08-31T13:00:00.000Z'],
    ['2026-09-01', 'America/Martinique', '2026-09-01T04:00:00.000Z'],
    // The clocks change at midnight: the day begins at one.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ])('of %s in %s', (day, zone, instant) => {
    const begin = beginOf(day, zone)
    expect(begin.toISOString()).toBe(instant)
    expect(dayIn(begin, zone)).toBe(day)
    expect(dayIn(new Date(begin.getTime() - 1), zone) < day).toBe(true)
  })
})
