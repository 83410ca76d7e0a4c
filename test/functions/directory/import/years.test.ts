import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audienceId, type PersonItem } from '../../../../functions/directory/audiences.ts'
import { closedAccess, readClosedAudiences } from '../../../../functions/directory/closed-groups.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { importPatterns } from '../../../../functions/directory/patterns.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { openItems } from '../../../support/items.ts'
import { aaf, guardian, modify, otherUai, pupil, school, source, teacher, uai, type Values } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture, type Stored } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

type People = Readonly<
  Record<string, { readonly group?: string; readonly at?: string; readonly guardians?: readonly string[] }>
>

const named = (day: string, category: string, kind = 'Complet') => `PREAU_TEST_${kind}_${day}_${category}_0000.xml`

/** A complete delivery of a day: pupils by key with their class, and a teacher of `taught`. */
const year = (day: string, people: People, taught: readonly string[] = ['6A']) => {
  const guardians = new Set(Object.values(people).flatMap(one => one.guardians ?? []))
  return {
    [named(day, 'EtabEducNat')]: aaf([school(), school('2', otherUai, 'LYC$des Ormes$Valmont')]),
    [named(day, 'Eleve')]: aaf(
      Object.entries(people).map(([key, { group, at = '1', guardians: names = [] }]) =>
        pupil(key, names, { ENTPersonStructRattach: at, ENTEleveClasses: group === undefined ? [] : `${at}$${group}` }),
      ),
    ),
    [named(day, 'PersRelEleve')]: aaf([...guardians].map(key => guardian(key))),
    [named(day, 'PersEducNat')]: aaf([
      teacher('900', { ENTAuxEnsClassesMatieres: taught.map(name => `1$${name}$061300`) }),
      teacher('901', {
        ENTPersonStructRattach: '2',
        ENTPersonFonctions: '2$ENS$E$L1300$M',
        ENTAuxEnsClassesMatieres: [],
      }),
    ]),
  }
}

const person = async (key: string) =>
  (await fixture.everything()).get(`P#${personId(source, key)}|PERSON`) as PersonItem | undefined

const groupOf = async (key: string): Promise<string> => {
  const [group] = (await person(key))?.groups ?? []
  if (!group) throw new Error(`${key} is in no group`)
  return group.id
}

/** What somebody reads of closed groups: `2025 6A class`. */
const closedOf = async (key: string): Promise<string[]> => {
  const table = openTable(fixture.database.table, closedAccess, fixture.now, fixture.database.client)
  const closed = await readClosedAudiences(table, personId(source, key))
  return closed.map(({ year: of, name, audienceKind }) => `${of} ${name} ${audienceKind}`)
}

const listed = async (): Promise<string[]> =>
  [...(await fixture.everything()).values()]
    .filter(item => item.pk === `S#${uai}` && item.sk.startsWith('G#'))
    .map(item => `${item.year} ${item.name}`)
    .sort()

/** Ids of a collège's pupils by cohort: 6001 to 6006 begin in 2025. */
const cohort = (first: number, group: string, guardians = true): People =>
  Object.fromEntries(
    Array.from({ length: 6 }, (_, at) => [
      String(first + at),
      { group, ...(guardians && { guardians: [`g${first + at}`] }) },
    ]),
  )

const june: People = { ...cohort(6001, '6A'), ...cohort(5001, '5A'), ...cohort(4001, '4A') }
const september: People = { ...cohort(7001, '6A'), ...cohort(6001, '5A'), ...cohort(5001, '4A') }

const import2025 = async (people = june) => {
  fixture.clock.now = new Date('2026-06-15T06:00:00.000Z')
  return fixture.import(year('20260615', people, ['6A', '5A']))
}
const import2026 = async (people = september, day = '20260901', taught: readonly string[] = ['6A']) => {
  fixture.clock.now = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T06:00:00.000Z`)
  return fixture.import(year(day, people, taught), { confirm: [uai] })
}

describe('importFeed() of a new school year', () => {
  it('begins the new class empty, and keeps the one of before for those who were in it', async () => {
    await import2025()
    const before = await groupOf('6001')
    await import2026()
    const after = await groupOf('7001')
    expect(after).not.toBe(before)
    expect(await listed()).toEqual(['2026 4A', '2026 5A', '2026 6A'])
    expect(await closedOf('6001')).toEqual(['2025 6A class'])
    expect(await closedOf('g6001')).toEqual(['2025 6A class-guardians'])
    expect(await closedOf('900')).toEqual([
      '2025 5A class',
      '2025 5A class-guardians',
      '2025 6A class',
      '2025 6A class-guardians',
    ])
    for (const key of ['7001', 'g7001', '901']) expect(await closedOf(key), key).toEqual([])
  })

  it('leaves no closed group in anybody’s audiences, in a roster or to publish to', async () => {
    await import2025()
    const before = await groupOf('6001')
    await import2026()
    const all = [...(await fixture.everything()).values()]
    const audiences = (['class', 'class-guardians'] as const).map(kind => audienceId(kind, before))
    const held = all.filter(item => item.sk === 'PERSON').flatMap(item => (item as unknown as PersonItem).audiences)
    expect(held.filter(({ id }) => audiences.includes(id))).toEqual([])
    expect(all.filter(({ pk }) => pk === `G#${before}` || audiences.some(id => pk === `AU#${id}`))).toEqual([])
  })

  it('keeps the closed class of a pupil who moves to another school, and of their guardian', async () => {
    await import2025()
    await import2026({ ...september, '6001': { group: '2A', at: '2', guardians: ['g6001'] } })
    expect((await person('6001'))?.roles.map(role => role.uai)).toEqual([otherUai])
    expect(await closedOf('6001')).toEqual(['2025 6A class'])
    expect(await closedOf('g6001')).toEqual(['2025 6A class-guardians'])
  })

  it('takes the closed class from a guardian who loses custody, and gives none to one who gains it', async () => {
    await import2025()
    await import2026()
    await import2026({ ...september, '6001': { group: '5A', guardians: ['g6002'] } }, '20260902')
    expect(await closedOf('g6001')).toEqual([])
    expect(await closedOf('g6002')).toEqual(['2025 6A class-guardians'])
    const table = openTable(fixture.database.table, closedAccess, fixture.now, fixture.database.client)
    const [only] = await readClosedAudiences(table, personId(source, 'g6002'))
    expect(only?.children).toEqual([personId(source, '6002')])
  })

  it('gives somebody who left with the year their closed class again when they return', async () => {
    await import2025()
    await import2026()
    expect((await person('4001'))?.status).toBe('suspended')
    expect(await closedOf('4001')).toEqual([])
    await import2026({ ...september, '4001': { group: '4A', guardians: ['g4001'] } }, '20260910')
    expect(await closedOf('4001')).toEqual(['2025 4A class'])
    expect(await closedOf('g4001')).toEqual(['2025 4A class-guardians'])
  })

  it('keeps nothing for who left the class before it was closed', async () => {
    await import2025()
    fixture.clock.now = new Date('2026-06-20T06:00:00.000Z')
    await fixture.import(year('20260620', { ...june, '6001': { group: '5A', guardians: ['g6001'] } }, ['6A', '5A']))
    await import2026()
    expect(await closedOf('6001')).toEqual(['2025 5A class'])
    expect(await closedOf('6002')).toEqual(['2025 6A class'])
  })

  it('imported again changes nothing', async () => {
    await import2025()
    await import2026()
    const before = await fixture.everything()
    const again = await import2026()
    expect(again.written).toBe(0)
    expect(await fixture.everything()).toEqual(before)
  })
})

describe('importFeed() of a new school year that is interrupted', () => {
  it('ends where one never interrupted ends, wherever it stopped', async () => {
    await import2025()
    const stored = await fixture.everything()
    fixture.clock.now = new Date('2026-09-01T06:00:00.000Z')
    const path = await fixture.feed(year('20260901', september))
    await fixture.run(path)
    const whole = await fixture.everything()
    let interrupted = 0
    for (let last = 1; last <= 12; last++) {
      await fixture.restore(stored)
      const client = dying(fixture.database.endpoint, last, last % 2 === 0)
      await fixture.run(path, { client }).catch(() => interrupted++)
      client.destroy()
      await fixture.run(path)
      expect(await fixture.everything(), `stopped at ${last}`).toEqual(whole)
    }
    expect(interrupted).toBeGreaterThan(8)
  })
})

describe('importFeed() between two years', () => {
  it('takes a delivery of August with last year’s classes for one of that year', async () => {
    await import2025()
    const before = await groupOf('6001')
    await import2026(june, '20260820', ['6A', '5A'])
    expect(await groupOf('6001')).toBe(before)
    expect(await closedOf('6001')).toEqual([])
    await import2026()
    expect(await groupOf('7001')).not.toBe(before)
    expect(await closedOf('6001')).toEqual(['2025 6A class'])
  })

  it('takes a delivery of July with other classes for one of the next year', async () => {
    await import2025()
    await import2026(september, '20260710')
    const inJuly = await groupOf('7001')
    expect(await listed()).toEqual(['2026 4A', '2026 5A', '2026 6A'])
    await import2026(september, '20260715')
    expect(await groupOf('7001')).toBe(inJuly)
    await import2026()
    expect(await groupOf('7001')).toBe(inJuly)
  })

  it('lets nobody whom a delta brings in August into last year’s class', async () => {
    await import2025()
    const before = await groupOf('6001')
    fixture.clock.now = new Date('2026-08-25T06:00:00.000Z')
    await fixture.import({
      [named('20260825', 'Eleve', 'Delta')]: aaf([pupil('7001', [], { ENTEleveClasses: '1$6A' })]),
    })
    expect(await groupOf('7001')).not.toBe(before)
    expect(await groupOf('6001')).toBe(before)
  })
})

describe('importFeed() in the middle of a year', () => {
  const renamed = (people: People, from: string, to: string): People =>
    Object.fromEntries(
      Object.entries(people).map(([key, one]) => [key, one.group === from ? { ...one, group: to } : one]),
    )

  it('keeps a class that is called otherwise', async () => {
    await import2025()
    const before = await groupOf('6001')
    await fixture.import(year('20260616', renamed(june, '6A', '6e Alpha'), ['6e Alpha', '5A']))
    expect(await groupOf('6001')).toBe(before)
    expect((await person('6001'))?.groups.map(({ name }) => name)).toEqual(['6e Alpha'])
    expect(await listed()).toEqual(['2025 4A', '2025 5A', '2025 6e Alpha'])
    expect(await closedOf('6001')).toEqual([])
  })

  it('follows two classes that change their names with each other', async () => {
    await import2025()
    const [sixth, fifth] = [await groupOf('6001'), await groupOf('5001')]
    const swapped = renamed(renamed(renamed(june, '6A', '-'), '5A', '6A'), '-', '5A')
    await fixture.import(year('20260616', swapped, ['6A', '5A']))
    expect([await groupOf('6001'), await groupOf('5001')]).toEqual([sixth, fifth])
  })

  it('makes another class of a key that goes to other pupils, and closes the one of before', async () => {
    await import2025()
    const before = await groupOf('6001')
    const people: People = { ...june, ...cohort(8001, '6A'), ...cohort(6001, '5A') }
    await import2026(people, '20260617', ['6A', '5A'])
    expect(await groupOf('8001')).not.toBe(before)
    expect(await closedOf('6001')).toEqual(['2025 6A class'])
    expect(await closedOf('8001')).toEqual([])
  })

  it('keeps for its people a class that is given up', async () => {
    await import2025()
    await import2026(renamed(june, '4A', '5A'), '20260616', ['6A', '5A'])
    expect(await listed()).toEqual(['2025 5A', '2025 6A'])
    expect(await closedOf('4001')).toEqual(['2025 4A class'])
    expect(await closedOf('5001')).toEqual([])
  })
})

describe('importFeed() of a territory whose groups have no year', () => {
  const undated = async () => {
    for (const [, item] of await fixture.everything()) {
      if (!/^(G#|SCHOOL$)/.test(item.sk) || !item.pk.startsWith('S#')) continue
      const { year: _, key: __, ...rest } = item as Stored & { year?: number; key?: string }
      const pattern = item.sk === 'SCHOOL' ? importPatterns.school : importPatterns.schoolGroup
      await openItems(fixture.database).put(pattern as never, { uai, group: item.sk.slice(2) } as never, rest as never)
    }
  }

  it('takes them for those of the last delivery’s year', async () => {
    await import2025()
    await undated()
    await import2026()
    expect(await closedOf('6001')).toEqual(['2025 6A class'])
    expect(await closedOf('7001')).toEqual([])
  })
})

describe('importFeed() with a year that the operator gives', () => {
  it('takes it, whatever the day is', async () => {
    await import2025()
    fixture.clock.now = new Date('2026-06-20T06:00:00.000Z')
    await fixture.import(year('20260620', september), { year: 2026, confirm: [uai] })
    expect(await listed()).toEqual(['2026 4A', '2026 5A', '2026 6A'])
  })
})

const changed: Values = { ENTEleveClasses: '1$5A' }

describe('importFeed() of a delta in the middle of a year', () => {
  it('keeps a class that it calls otherwise, also for its teacher, whom it does not name', async () => {
    await import2025()
    const before = await groupOf('6001')
    const keys = ['6001', '6002', '6003', '6004', '6005', '6006']
    const report = await fixture.import({
      [named('20260616', 'Eleve', 'Delta')]: aaf(
        keys.map(key => modify('Eleve', key, { ENTEleveClasses: '1$6e Alpha' })),
      ),
    })
    expect(report.findings).toEqual([])
    for (const key of keys) {
      expect(await groupOf(key)).toBe(before)
      expect((await person(key))?.groups.map(({ name }) => name)).toEqual(['6e Alpha'])
    }
    expect((await person('900'))?.groups.map(({ name }) => name)).toEqual(['5A', '6e Alpha'])
    expect((await person('g6001'))?.children.map(({ className }) => className)).toEqual(['6e Alpha'])
    expect(await listed()).toEqual(['2025 4A', '2025 5A', '2025 6e Alpha'])
  })

  it('takes for another class what most pupils of one go to, where one of them stays', async () => {
    await import2025()
    const before = await groupOf('6001')
    const keys = ['6001', '6002', '6003', '6004', '6005']
    await fixture.import({
      [named('20260616', 'Eleve', 'Delta')]: aaf(
        keys.map(key => modify('Eleve', key, { ENTEleveClasses: '1$6e Alpha' })),
      ),
    })
    expect(await groupOf('6006')).toBe(before)
    expect((await person('6006'))?.groups.map(({ name }) => name)).toEqual(['6A'])
    expect(await groupOf('6001')).not.toBe(before)
    expect((await person('900'))?.groups.map(({ name }) => name)).toEqual(['5A', '6A'])
  })

  it('moves a pupil to a stored class', async () => {
    await import2025()
    const fifth = await groupOf('5001')
    await fixture.import({ [named('20260616', 'Eleve', 'Delta')]: aaf([modify('Eleve', '6001', changed)]) })
    expect(await groupOf('6001')).toBe(fifth)
    expect(await closedOf('6001')).toEqual([])
  })
})

describe('importFeed() of a new school year, as it is weighed and told', () => {
  const dry = (people: People) => {
    fixture.clock.now = new Date('2026-09-01T06:00:00.000Z')
    return fixture.import(year('20260901', people), { dryRun: true })
  }

  it('asks nobody where the oldest leave and others come, and says what changes', async () => {
    await import2025()
    const before = await fixture.everything()
    const report = await dry({ ...september, '6001': { group: '2A', at: '2', guardians: ['g6001'] } })
    expect(await fixture.everything()).toEqual(before)
    expect(report.outcome).toBe('imported')
    expect(report.years).toEqual([{ source, year: 2026, from: 'day', day: '2026-09-01', schools: 2 }])
    expect(report.newYear).toEqual({ year: 2026, schools: 2, closed: 3, opened: 4, moved: 2, left: 12, arrived: 12 })
    expect(report.sentence).toBe(
      'Imported: 12 people added, 25 changed, 12 suspended. The school year 2026-2027 begins in 2 schools: 3 classes and groups are closed, 4 are new; 2 people move to another school, 12 leave, 12 are new.',
    )
  })

  it('asks where the school shrinks, loses its guardians or its teachers', async () => {
    await import2025()
    const heldBy = async (people: People) =>
      (await dry(people)).held.map(one => `${one.uai}: ${one.losses.map(({ what }) => what).join()}`)
    expect(await heldBy({ ...cohort(6001, '5A'), ...cohort(5001, '4A') })).toEqual([`${uai}: people`])
    const without = Object.fromEntries(
      Object.entries(september).map(([key, { group }]) => [key, { ...(group && { group }) }]),
    )
    expect(await heldBy(without)).toEqual([`${uai}: people,guardian links`])
    expect(await heldBy({ ...cohort(7001, '6A'), ...cohort(8001, '5A'), ...cohort(9001, '4A') })).toEqual([
      `${uai}: people`,
    ])
  })

  it('says of August’s last classes that they told the year', async () => {
    await import2025()
    const report = await import2026(june, '20260820', ['6A', '5A'])
    expect(report.years).toEqual([{ source, year: 2025, from: 'classes', schools: 1 }])
    expect(report.newYear).toBeUndefined()
  })
})
