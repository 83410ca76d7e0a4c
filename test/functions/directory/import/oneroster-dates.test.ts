import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importAccess } from '../../../../functions/directory/access.ts'
import { closedAccess, readClosedAudiences } from '../../../../functions/directory/closed-groups.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { importFeed } from '../../../../functions/directory/import/import.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { platformPatterns } from '../../../../functions/platform/patterns.ts'
import { openItems } from '../../../support/items.ts'
import { testPlatform } from '../../../support/platform.ts'
import { openClock } from '../../clock/clock.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import { bulk, bulkOf12, classes, csv, day, delta, otherUai, roles, uai, users } from './oneroster-feed.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(async () => {
  await fixture.empty()
  at('2026-09-01T06:00:00.000Z')
})
afterAll(() => fixture.close())

const at = (instant: string) => {
  fixture.clock.now = new Date(instant)
}
const source = 'oneroster'
const look = lookAt(() => fixture, source)
const id = (key: string) => personId(source, key)

const dated = (...rows: readonly string[]) =>
  csv('classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate', ...rows)
const datedRoles = (...rows: readonly string[]) =>
  csv('userSourcedId,roleType,role,beginDate,endDate,orgSourcedId', ...rows)
const sessions = (...rows: readonly string[]) => csv('title,type,startDate,endDate,parentSourcedId,schoolYear', ...rows)

/** Lets the clock run at an instant, and in the minutes after it; `before`: when it ran last, if that is not just before. */
const clockAt = async (
  instant: string,
  { runs = 2, before = instant, timeZone }: { runs?: number; before?: string; timeZone?: string } = {},
) => {
  const opened = await testPlatform(fixture.database, fixture.clock)
  const platform = { ...opened, config: { ...opened.config, timeZone } }
  const finished = new Date(Date.parse(before) - 5 * 60_000).toISOString().slice(0, 16)
  await openItems(fixture.database).put(platformPatterns.clock, {}, { finished, left: [], version: 0 })
  const run = openClock(platform)
  at(instant)
  for (let count = 0; count < runs; count++) {
    await run()
    at(new Date(fixture.clock.now.getTime() + 60_000).toISOString())
  }
  return platform.lines
}

/** All that is stored of people and groups, without what the clock keeps for itself. */
const directory = async () =>
  [...(await fixture.everything())]
    .filter(([key]) => !/^(DUE|CLOCK|KEYS|FACTORS)/.test(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))

const feed = (enrolled: string) => ({ ...bulk(), 'enrollments.csv': enrolled })

describe('importFeed() of enrollments with dates', () => {
  test('counts only those of today, by the day of Paris', async () => {
    const files = feed(
      dated(
        'e1,,,c1,o1,p1,student,2025-09-01,2026-09-01',
        'e2,,,c2,o1,p1,student,2026-09-01,2027-07-04',
        'e3,,,c1,o1,p2,student,2026-09-02,',
        'e4,,,c1,o1,t1,teacher,,2026-09-01',
      ),
    )
    at('2026-08-31T21:59:59.999Z')
    expect(await fixture.import(files)).toMatchObject({ findings: [], people: { added: 4 } })
    expect(await look.groups('p1')).toEqual(['6e A'])
    expect(await look.groups('t1')).toEqual(['6e A'])
    at('2026-08-31T22:00:00.000Z')
    expect(await fixture.import(files)).toMatchObject({ findings: [] })
    expect(await look.groups('p1')).toEqual(['Latin'])
    expect(await look.groups('t1')).toEqual([])
    expect(await look.groups('p2')).toEqual([])
    expect(await fixture.import(files)).toMatchObject({ written: 0 })
  })

  test('lets what begins and ends tomorrow begin and end without another import, as an import would', async () => {
    const files = feed(
      dated(
        'e1,,,c1,o1,p1,student,,2026-09-02',
        'e2,,,c2,o1,p1,student,2026-09-02,2026-10-25',
        'e3,,,c1,o1,p2,student,2026-10-26,',
        'e4,,,c1,o1,t1,teacher,,',
      ),
    )
    await fixture.import(files)
    expect(await look.groups('p1')).toEqual(['6e A'])
    await clockAt('2026-09-01T21:59:30.000Z', { runs: 1 })
    expect(await look.groups('p1')).toEqual(['6e A'])
    await clockAt('2026-09-01T22:00:30.000Z')
    expect(await look.groups('p1')).toEqual(['Latin'])
    expect((await look.person('g1'))?.children.map(child => child.className)).toEqual([undefined])
    const byClock = await directory()
    await fixture.import(files)
    expect(await directory()).toEqual(byClock)
    // The night in which the clocks change: summer time's last day begins at 22:00 UTC, the next one at 23:00.
    await clockAt('2026-10-24T22:00:30.000Z')
    expect(await look.groups('p1')).toEqual([])
    await clockAt('2026-10-25T22:30:00.000Z')
    expect(await look.groups('p2')).toEqual([])
    await clockAt('2026-10-25T23:00:30.000Z')
    expect(await look.groups('p2')).toEqual(['6e A'])
  })

  test('counts by the day of the territory where that is another one', async () => {
    const timeZone = 'Indian/Reunion'
    const files = feed(
      dated('e1,,,c1,o1,p1,student,,2026-09-02', 'e2,,,c2,o1,p1,student,2026-09-02,', 'e4,,,c1,o1,t1,teacher,,'),
    )
    const table = openTable(fixture.database.table, importAccess, fixture.now, fixture.database.client)
    const path = await fixture.feed(files)
    const bring = () => importFeed({ table, now: fixture.now, timeZone }, { path })
    at('2026-09-01T19:59:59.999Z')
    await bring()
    expect(await look.groups('p1')).toEqual(['6e A'])
    await clockAt('2026-09-01T19:59:30.000Z', { runs: 1, timeZone })
    expect(await look.groups('p1')).toEqual(['6e A'])
    await clockAt('2026-09-01T20:00:30.000Z', { timeZone })
    expect(await look.groups('p1')).toEqual(['Latin'])
    expect(await bring()).toMatchObject({ written: 0 })
  })

  test('changes late rather than never, all people of a school, and harmlessly twice', async () => {
    const pupils = Array.from({ length: 95 }, (_, at) => `q${at}`)
    const files = {
      ...bulk(),
      'users.csv': users(...pupils.map(key => `${key},,,true,o1,student,,Zoé,${key},`)),
      'enrollments.csv': dated(...pupils.map(key => `e${key},,,c1,o1,${key},student,2026-09-02,2026-09-05`)),
    }
    await fixture.import(files)
    const found = await clockAt('2026-09-02T03:00:00.000Z', { runs: 5, before: '2026-09-01T21:58:00.000Z' })
    expect(found.filter(line => line.code !== 'CLOCK-1')).toEqual([])
    for (const key of pupils) expect(await look.groups(key)).toEqual(['6e A'])
    const after = await directory()
    await clockAt('2026-09-02T03:30:00.000Z', { before: '2026-09-01T21:58:00.000Z' })
    expect(await directory()).toEqual(after)
  })

  test('with a date that cannot be read grants nothing, and says so', async () => {
    const files = feed(
      dated(
        'e1,,,c1,o1,p1,student,2026-02-30,',
        'e2,,,c2,o1,p1,student,,soon',
        'e3,,,c1,o1,p2,student,01/02/2026,',
        'e4,,,c1,o1,t1,teacher,31/08/2026,2027-07-04T00:00:00Z',
      ),
    )
    const never = (name: string, value: string) =>
      `its ${name} "${value}" cannot be read as a date: it does not count on any day`
    expect(lines(await fixture.import(files))).toEqual([
      `refused enrollments.csv:2 e1: ${never('beginDate', '2026-02-30')}`,
      `refused enrollments.csv:3 e2: ${never('endDate', 'soon')}`,
      `refused enrollments.csv:4 e3: ${never('beginDate', '01/02/2026')}`,
    ])
    expect(await look.groups('p1')).toEqual([])
    expect(await look.groups('p2')).toEqual([])
    expect(await look.groups('t1')).toEqual(['6e A'])
  })

  test('by delta ends, moves and takes away the enrollment of its key', async () => {
    await fixture.import(
      feed(dated('e1,,,c1,o1,p1,student,,', 'e3,,,c2,o1,p1,student,,2026-12-01', 'e4,,,c1,o1,t1,teacher,,')),
    )
    const change = (row: string) => fixture.import(delta({ 'enrollments.csv': dated(row) }))
    await change(`e1,active,${day},c1,o1,p1,student,,2026-09-01`)
    expect(await look.groups('p1')).toEqual(['Latin'])
    await change(`e3,active,${day},c2,o1,p1,student,2026-09-01,2026-09-02`)
    expect(await look.groups('p1')).toEqual(['Latin'])
    await clockAt('2026-09-01T22:00:30.000Z')
    expect(await look.groups('p1')).toEqual([])
    await change(`e1,active,${day},c1,o1,p1,student,,2026-12-01`)
    expect(await look.groups('p1')).toEqual(['6e A'])
    await change(`e1,tobedeleted,${day},c1,o1,p1,student,,`)
    expect(await look.groups('p1')).toEqual([])
  })
})

describe('importFeed() of roles with dates', () => {
  const files = (...rows: readonly string[]) => ({ ...bulkOf12(), 'roles.csv': datedRoles(...rows) })
  const others = ['r2,,,p2,primary,student,,,o1', 'r4,,,t1,primary,teacher,,,o1']

  test('counts only those of today', async () => {
    await fixture.import(
      files(
        'r1,,,p1,primary,student,2020-09-01,2026-09-01,o2',
        'r1b,,,p1,primary,student,2026-09-01,2027-07-01,o1',
        'r3,,,g1,primary,parent,,,d1',
        'r5,,,t1,secondary,principal,2015-09-01,2016-07-01,o2',
        ...others,
      ),
    )
    expect(await look.roles('p1')).toEqual([`pupil@${uai}`])
    expect(await look.roles('g1')).toEqual([`guardian@${uai}`])
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`])
  })

  test('lets a role begin and end on its day, with the guardian’s that follows from it', async () => {
    const until = files(
      'r1,,,p1,primary,student,2026-09-03,2026-09-05,o1',
      'r3,,,g1,primary,parent,,,d1',
      'r5,,,t1,secondary,principal,,2026-09-03,o2',
      ...others,
    )
    expect(await fixture.import(until)).toMatchObject({ findings: [] })
    expect(await look.status('p1')).toBe('suspended')
    expect(await look.status('g1')).toBe('suspended')
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`, `head@${otherUai}`])
    expect(await fixture.import(until)).toMatchObject({ findings: [], written: 0 })
    await clockAt('2026-09-02T22:00:30.000Z')
    expect(await look.status('p1')).toBe('active')
    expect(await look.roles('p1')).toEqual([`pupil@${uai}`])
    expect((await look.person('g1'))?.children.map(child => child.id)).toEqual([id('p1')])
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`])
    await clockAt('2026-09-04T22:00:30.000Z')
    expect(await look.status('p1')).toBe('suspended')
    expect(await look.status('g1')).toBe('suspended')
    expect(await look.guardians('p1')).toEqual([])
  })

  test('ends custody on the day on which the guardian’s role ends', async () => {
    await fixture.import(files('r1,,,p1,primary,student,,,o1', 'r3,,,g1,primary,parent,,2026-09-02,d1', ...others))
    expect(await look.guardians('p1')).toEqual([id('g1')])
    await clockAt('2026-09-01T22:00:30.000Z')
    expect(await look.status('g1')).toBe('suspended')
    await fixture.import(files('r1,,,p1,primary,student,,,o1', 'r3,,,g1,primary,parent,,2026-09-02,d1', ...others), {
      confirm: [uai],
    })
    expect(await look.guardians('p1')).toEqual([])
  })

  test('does not let begin what a later feed is without', async () => {
    await fixture.import(files('r1,,,p1,primary,student,2026-09-03,,o1', 'r3,,,g1,primary,parent,,,d1', ...others))
    const without = {
      ...files(...others),
      'users.csv': bulkOf12()
        ['users.csv'].replace(/^p1.*\n/m, '')
        .replace(/^g1.*\n/m, ''),
      'enrollments.csv': bulk()['enrollments.csv'].replace(/^e[13].*\n/gm, ''),
    }
    await fixture.import(without)
    await clockAt('2026-09-02T22:00:30.000Z')
    expect(await look.status('p1')).toBe('suspended')
    expect(await look.roles('p1')).toEqual([])
  })

  test('by delta ends a role, and names those who are nothing any more', async () => {
    await fixture.import(bulkOf12())
    await fixture.import(
      delta({ 'roles.csv': datedRoles(`r5,active,${day},t1,secondary,teacher,,2026-09-02,o2`) }, '1.2'),
    )
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`, `teacher@${otherUai}`])
    await clockAt('2026-09-01T22:00:30.000Z')
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`])
    expect(
      lines(
        await fixture.import(
          delta({ 'roles.csv': datedRoles(`r4,active,${day},t1,primary,teacher,,2026-09-01,o1`) }, '1.2'),
        ),
      ),
    ).toEqual(['left-out roles.csv:2 t1: all that it says of them is over'])
    expect(await look.status('t1')).toBe('suspended')
    await fixture.import(delta({ 'roles.csv': roles(`r4,active,${day},t1,primary,teacher,o1`) }, '1.2'))
    expect(await look.status('t1')).toBe('active')
  })
})

describe('importFeed() of terms', () => {
  const withTerms = (...rows: readonly string[]) => ({ ...bulk(), 'academicSessions.csv': sessions(...rows) })

  test('counts classes from the beginning of their first term to the end of their last', async () => {
    const files = {
      ...withTerms(
        't1,,,T1,term,2026-09-01,2026-09-03,,2027',
        't2,,,T2,term,2026-09-05,2026-09-07,,2027',
        't9,,,T9,term,2025-09-01,2026-07-04,,2026',
      ),
      'classes.csv': classes('c1,,,6e A,homeroom,k1,o1,"t1,t2"', 'c2,,,Latin,scheduled,k2,o1,t9'),
    }
    expect(await fixture.import(files)).toMatchObject({ findings: [] })
    expect(await look.groups('p1')).toEqual(['6e A'])
    await clockAt('2026-09-02T22:00:30.000Z')
    expect(await look.groups('p1')).toEqual(['6e A'])
    await clockAt('2026-09-06T22:00:30.000Z')
    expect(await look.groups('p1')).toEqual([])
    expect(await fixture.import(files)).toMatchObject({ written: 0 })
    // A delta enrols somebody in a class that it does not describe.
    await fixture.import(delta({ 'enrollments.csv': dated(`e9,active,${day},c1,o1,p2,student,,`) }))
    expect(await look.groups('p2')).toEqual([])
  })

  test('with a date that cannot be read counts no class of it', async () => {
    expect(lines(await fixture.import(withTerms('t1,,,T1,term,2026-09-01,juillet,,2027')))).toEqual([
      'refused academicSessions.csv:2 t1: its endDate "juillet" cannot be read as a date: it does not count on any day',
    ])
    expect(await look.groups('p1')).toEqual([])
    expect(await look.roles('p1')).toEqual([`pupil@${uai}`])
  })

  test('that classes name and the feed does not describe leaves them without dates', async () => {
    await fixture.import(withTerms('t7,,,T7,term,2020-09-01,2021-07-04,,2021'))
    expect(await look.groups('p1')).toEqual(['6e A', 'Latin'])
  })
})

test('the clock’s due items are one a school and day', async () => {
  const files = feed(dated('e1,,,c1,o1,p1,student,,2026-09-02', 'e2,,,c1,o1,p2,student,,2026-09-02'))
  await fixture.import(files)
  const due = [...(await fixture.everything()).values()].filter(item => item.pk.startsWith('DUE#'))
  expect(due).toMatchObject([{ kind: 'directory changes', subject: uai, at: '2026-09-01T22:00:00.000Z' }])
})

describe('a class whose terms are over', () => {
  const closedOf = async (key: string) => {
    const table = openTable(fixture.database.table, closedAccess, fixture.now, fixture.database.client)
    const closed = await readClosedAudiences(table, id(key))
    return closed.map(({ year, name, audienceKind }) => `${year} ${name} ${audienceKind}`)
  }

  test('stays to be read by those who were in it, without another import', async () => {
    at('2026-06-15T06:00:00.000Z')
    await fixture.import({
      ...bulk(),
      'academicSessions.csv': sessions('t1,,,2025-2026,schoolYear,2025-08-25,2026-07-05,,2026'),
    })
    expect(await look.groups('p1')).toEqual(['6e A', 'Latin'])
    expect(await closedOf('p1')).toEqual([])
    await clockAt('2026-07-04T22:00:30.000Z', { runs: 3 })
    expect(await look.groups('p1')).toEqual([])
    expect(await closedOf('p1')).toEqual(['2025 6e A class', '2025 Latin class'])
    expect(await closedOf('g1')).toEqual(['2025 6e A class-guardians', '2025 Latin class-guardians'])
    expect(await closedOf('t1')).toEqual(['2025 6e A class', '2025 6e A class-guardians'])
  })

  /** The groups and the audiences of classes that are stored: `6e A` with its two audiences. */
  const open = async () => {
    const items = [...(await fixture.everything()).values()]
    const of = (begins: string, sk: string) =>
      items.filter(item => item.pk.startsWith(begins) && item.sk.startsWith(sk))
    return {
      listed: of('S#', 'G#').map(item => item.name),
      groups: of('G#', 'GROUP').map(item => item.name),
      audiences: of('AU#', 'AUDIENCE').flatMap(item => (item.group === undefined ? [] : item.label)),
      members: of('G#', 'M#').length,
    }
  }
  const nothing = { listed: [], groups: [], audiences: [], members: 0 }
  const ofOneYear = {
    ...bulk(),
    'academicSessions.csv': sessions('t1,,,2025-2026,schoolYear,2025-08-25,2026-07-05,,2026'),
  }

  test('is closed on the day after, without another import, and stays so while feeds go on naming it', async () => {
    at('2026-06-15T06:00:00.000Z')
    await fixture.import(ofOneYear)
    await clockAt('2026-07-04T21:59:30.000Z', { runs: 1 })
    expect((await open()).listed).toHaveLength(2)
    await clockAt('2026-07-04T22:00:30.000Z', { runs: 3 })
    expect(await open()).toEqual(nothing)
    const closed = await directory()
    expect(await fixture.import(ofOneYear)).toMatchObject({ findings: [], written: 0 })
    expect(await directory()).toEqual(closed)
    const gone = delta({ 'enrollments.csv': dated(`e1,tobedeleted,${day},c1,o1,p1,student,,`) })
    expect(lines(await fixture.import(gone))).toEqual([
      'left-out enrollments.csv:2 e1: its class c1 is over, or was never described: nobody is in it',
    ])
    // Somebody whose record still holds the class changes.
    await fixture.import(delta({ 'users.csv': users(`p1,active,${day},true,o1,student,zpetit,Zoë,Petit,g1`) }))
    expect(await look.person('p1')).toMatchObject({ givenName: 'Zoë', groups: [] })
    expect(await open()).toEqual(nothing)
  })

  test('without anybody in it is closed as well', async () => {
    at('2026-06-15T06:00:00.000Z')
    await fixture.import({ ...ofOneYear, 'enrollments.csv': csv('classSourcedId,schoolSourcedId,userSourcedId,role') })
    expect(await open()).toMatchObject({ listed: ['6e A', 'Latin'], members: 0 })
    await clockAt('2026-07-04T22:00:30.000Z')
    expect(await open()).toEqual(nothing)
  })

  test('by an import of that day is closed before the clock comes, and kept by those who were in it', async () => {
    at('2026-06-15T06:00:00.000Z')
    await fixture.import(ofOneYear)
    at('2026-06-20T06:00:00.000Z')
    const shorter = sessions('t1,,,2025-2026,schoolYear,2025-08-25,2026-06-20,,2026')
    await fixture.import({ ...ofOneYear, 'academicSessions.csv': shorter }, { confirm: [uai] })
    expect(await open()).toEqual(nothing)
    expect(await closedOf('p1')).toEqual(['2025 6e A class', '2025 Latin class'])
    expect(await closedOf('t1')).toEqual(['2025 6e A class', '2025 6e A class-guardians'])
  })

  test('opens again where its term is made longer', async () => {
    at('2026-06-15T06:00:00.000Z')
    await fixture.import(ofOneYear)
    await clockAt('2026-07-04T22:00:30.000Z', { runs: 3 })
    const longer = sessions('t1,,,2025-2026,schoolYear,2025-08-25,2026-07-12,,2026')
    await fixture.import({ ...ofOneYear, 'academicSessions.csv': longer })
    expect((await open()).listed).toEqual(['6e A', 'Latin'])
    expect(await look.groups('p1')).toEqual(['6e A', 'Latin'])
    expect(await closedOf('p1')).toEqual([])
    await clockAt('2026-07-11T22:00:30.000Z', { runs: 3 })
    expect(await open()).toEqual(nothing)
  })

  test('is another one than that of the next terms, under the same key', async () => {
    at('2026-06-15T06:00:00.000Z')
    await fixture.import({
      ...bulk(),
      'academicSessions.csv': sessions('t1,,,2025-2026,schoolYear,2025-08-25,2026-07-05,,2026'),
    })
    at('2026-09-02T06:00:00.000Z')
    const next = {
      ...bulk(),
      'academicSessions.csv': sessions('t1,,,2026-2027,schoolYear,2026-08-25,2027-07-05,,2027'),
    }
    const report = await fixture.import(next, { confirm: [uai] })
    expect(report.years).toEqual([{ source, year: 2026, from: 'terms', groups: 2 }])
    expect(await look.groups('p1')).toEqual(['6e A', 'Latin'])
    expect(await closedOf('p1')).toEqual(['2025 6e A class', '2025 Latin class'])
    expect(report.people.suspended).toBe(0)
  })
})
