import { afterEach, describe, expect, test } from 'vitest'
import { groupId, undatedGroupId } from '../../../../functions/directory/identity.ts'
import { Staging } from '../../../../functions/directory/import/staging.ts'
import { openGroups, type YearSetting } from '../../../../functions/directory/import/years/groups.ts'
import { importPatterns } from '../../../../functions/directory/patterns.ts'
import { schoolYearMeant, schoolYearOn } from '../../../../shared/kernel/school-year.ts'

const uai = '0990001A'
const key = { uai, kind: 'class', key: '6A' } as const
let staging: Staging | undefined
afterEach(() => {
  staging?.close()
  staging = undefined
})

/** The groups of a school that has these stored, for a delivery of a day. */
const groupsOf = async (
  stored: readonly object[],
  { year, ...setting }: Partial<YearSetting> & { readonly year?: number } = {},
) => {
  staging = new Staging(() => {}, new Date(), undefined)
  const table = {
    get: async () => (year === undefined ? undefined : { year }),
    all: async (pattern: unknown) => (pattern === importPatterns.schoolGroups ? stored : []),
  }
  const groups = openGroups(staging, table as never, {
    source: 'aaf:x',
    delta: false,
    day: '2026-09-01',
    begins: '09-01',
    undated: 2025,
    ...setting,
  })
  await groups.load([uai])
  return groups
}

const undated = { group: undatedGroupId(key), uai, name: '6A', kind: 'class' }

describe('openGroups()', () => {
  test('knows a group that was stored without key and year, in the year of the last delivery', async () => {
    const groups = await groupsOf([undated], { day: '2026-06-20' })
    expect(groups.ref({ ...key, name: '6A' }).id).toBe(undated.group)
  })

  test('does not take it for the one of the next year', async () => {
    const groups = await groupsOf([undated])
    expect(groups.ref({ ...key, name: '6A' }).id).toBe(groupId('aaf:x', key, 2026))
  })

  test('gives groups of two sources, years, schools and kinds other ids', () => {
    const ids = [
      groupId('a', key, 2026),
      groupId('b', key, 2026),
      groupId('a', key, 2027),
      groupId('a', { ...key, uai: '0990002B' }, 2026),
      groupId('a', { ...key, kind: 'group' }, 2026),
      groupId('a', { ...key, key: '6B' }, 2026),
      undatedGroupId(key),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each([
    ['2026-06-30', {}, 2025, 'day'],
    ['2026-07-01', {}, 2025, 'day'],
    ['2026-08-01', {}, 2026, 'day'],
    ['2026-07-01', { year: 2025 }, 2025, 'classes'],
    ['2026-08-31', { year: 2025 }, 2025, 'classes'],
    ['2026-07-10', { year: 2026 }, 2026, 'classes'],
    ['2026-08-31', { year: 2025, delta: true }, 2026, 'day'],
    ['2026-08-31', { year: 2023 }, 2026, 'day'],
    ['2026-09-01', { year: 2025 }, 2026, 'day'],
    ['2026-06-20', { year: 2025, given: 2026 }, 2026, 'given'],
    ['2026-02-14', { begins: '02-15' }, 2026, 'day'],
    ['2026-12-20', { begins: '02-15', year: 2026 }, 2026, 'classes'],
  ] as const)('takes a delivery of %s with %o for one of %i, by %s', async (day, setting, year, from) => {
    const groups = await groupsOf([], { day, ...setting })
    expect(groups.yearOf(uai)).toMatchObject({ year, from })
  })
})

describe('schoolYearOn() and schoolYearMeant()', () => {
  test.each([
    ['2026-01-10', 2025, 2025],
    ['2026-07-31', 2025, 2025],
    ['2026-08-01', 2025, 2026],
    ['2026-09-01', 2026, 2026],
    ['2026-12-31', 2026, 2026],
  ])('of %s are %i and %i', (day, on, meant) => {
    expect([schoolYearOn(day), schoolYearMeant(day)]).toEqual([on, meant])
  })

  test('follow years that begin in February', () => {
    expect([schoolYearOn('2026-01-20', '02-15'), schoolYearMeant('2026-01-20', '02-15')]).toEqual([2025, 2026])
    expect([schoolYearOn('2026-02-15', '02-15'), schoolYearMeant('2026-12-31', '02-15')]).toEqual([2026, 2026])
  })
})
