import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import { bulk, bulkOf12, day, delta, enrollments, otherUai, uai, users, usersOf12 } from './oneroster-feed.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const source = 'oneroster'
const look = lookAt(() => fixture, source)
const id = (key: string) => personId(source, key)

const pupils = ['p1,,,true,o1,student,,Zoé,Petit,', 'p2,,,true,o1,student,,Ali,Grand,']
const teacher = 't1,,,true,o1,teacher,,Anne,Blanc,'
const ofGuardian = (role: string, agents: string) => ({
  ...bulk(),
  'users.csv': users(`g1,,,true,,${role},,Noé,Petit,"${agents}"`, ...pupils, teacher),
})
const guardianNames = (agents: string) =>
  delta({ 'users.csv': users(`g1,active,${day},true,,parent,,Noé,Petit,"${agents}"`) })
const pupilNames = (agents: string) =>
  delta({ 'users.csv': users(`p1,active,${day},true,o1,student,,Zoé,Petit,"${agents}"`) })
const children = async (key: string) => (await look.person(key))?.children.map(child => child.id)

describe('importFeed() of guardians whose own row names the pupils', () => {
  test.each(['parent', 'guardian', 'Parent '])('as %s gives them their children', async role => {
    expect(await fixture.import(ofGuardian(role, 'p1, p2'))).toMatchObject({ findings: [] })
    expect(await look.roles('g1')).toEqual([`guardian@${uai}`])
    expect((await children('g1'))?.sort()).toEqual([id('p1'), id('p2')].sort())
    expect(await look.guardians('p1')).toEqual([id('g1')])
    expect(await fixture.import(ofGuardian(role, 'p1, p2'))).toMatchObject({ findings: [], written: 0 })
  })

  test('as relative or teacher gives them no child, and says why, each thing once', async () => {
    const files = {
      ...bulk(),
      'users.csv': users(
        'p1,,,true,o1,student,,Zoé,Petit,"g1,g2,t1,x9"',
        pupils[1] ?? '',
        'g1,,,true,,guardian,,Noé,Petit,',
        'g2,,,true,,relative,,Rose,Petit,p1',
        't1,,,true,o1,teacher,,Anne,Blanc,p1',
      ),
    }
    expect(lines(await fixture.import(files))).toEqual([
      'left-out users.csv:5 g2: a relative has access to nothing: not imported',
      'left-out users.csv:2 p1: it names a guardian who is none by their own record: the pupil is imported without',
      'left-out users.csv:2 p1: it names a guardian who is not in the feed: the pupil is imported without',
    ])
    expect(await look.guardians('p1')).toEqual([id('g1')])
    expect(await look.person('g2')).toBeUndefined()
    expect(await children('t1')).toEqual([])
  })

  test('names a pupil whom the feed does not describe', async () => {
    expect(lines(await fixture.import(ofGuardian('parent', 'p1,x9')))).toEqual([
      'left-out users.csv:2 g1: it names as its child somebody who is no pupil of the feed: they get no access to them',
    ])
    expect(await children('g1')).toEqual([id('p1')])
  })

  test('by delta gives and takes custody, and leaves it where another row changes', async () => {
    await fixture.import(ofGuardian('parent', 'p1'))
    expect(await fixture.import(guardianNames('p2'))).toMatchObject({ findings: [] })
    expect(await children('g1')).toEqual([id('p2')])
    expect(await look.guardians('p1')).toEqual([])
    await fixture.import(guardianNames('p1,p2'))
    await fixture.import(pupilNames(''))
    expect(await look.guardians('p1')).toEqual([id('g1')])
    await fixture.import(delta({ 'users.csv': users(`g1,tobedeleted,${day},true,,parent,,Noé,Petit,`) }))
    expect(await look.status('g1')).toBe('suspended')
    await fixture.import(guardianNames('p2'))
    expect(await look.guardians('p1')).toEqual([])
    expect(await children('g1')).toEqual([id('p2')])
  })

  test('loses custody that either row named and no longer names', async () => {
    await fixture.import(ofGuardian('parent', 'p1,p2'))
    await fixture.import(pupilNames('g1'))
    await fixture.import(pupilNames(''))
    expect(await look.guardians('p1')).toEqual([])
    await fixture.import(pupilNames('g1'))
    await fixture.import(guardianNames('p2'))
    expect(await look.guardians('p1')).toEqual([])
  })

  test('of 1.2 gives them their children, by delta too', async () => {
    const files = {
      ...bulkOf12(),
      'users.csv': usersOf12(
        'p1,,,true,,Zoé,Petit,',
        'p2,,,true,,Ali,Grand,',
        'g1,,,true,,Noé,Petit,p1',
        't1,,,true,,Anne,Blanc,',
      ),
    }
    await fixture.import(files)
    expect(await children('g1')).toEqual([id('p1')])
    await fixture.import(delta({ 'users.csv': usersOf12(`g1,active,${day},true,,Noé,Petit,p2`) }, '1.2'))
    expect(await children('g1')).toEqual([id('p2')])
  })
})

describe('importFeed() of a person in one row a school', () => {
  const rows = (name: string, school = 'o2') => [
    ...[pupils[0] ?? '', 'g1,,,true,,guardian,,Noé,Petit,p1', teacher],
    `t1,,,true,${school},teacher,,Anne,${name},`,
    `p1,,,true,${school},student,,Zoé,Petit,`,
  ]
  const enrolled = enrollments('e1,,,c1,o1,p1,student', 'e4,,,c1,o1,t1,teacher')

  test('reads them as one person, of both schools', async () => {
    const files = { ...bulk(), 'users.csv': users(...rows('Blanc')), 'enrollments.csv': enrolled }
    expect(lines(await fixture.import(files))).toEqual([
      'deviation users.csv:5 t1: it is one more row of the person of users.csv, line 4: both are read',
      'deviation users.csv:6 p1: it is one more row of the person of users.csv, line 2: both are read',
    ])
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`, `teacher@${otherUai}`])
    expect(await look.roles('p1')).toEqual([`pupil@${uai}`, `pupil@${otherUai}`])
    expect(await look.roles('g1')).toEqual([`guardian@${uai}`, `guardian@${otherUai}`])
    const again = { 'users.csv': users(...rows('Blanc').map(row => row.replace(',,,', `,active,${day},`))) }
    expect(await fixture.import(delta(again))).toMatchObject({ people: { changed: 0 } })
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`, `teacher@${otherUai}`])
  })

  test('refuses a row of another name', async () => {
    const files = { ...bulk(), 'users.csv': users(...rows('Noir')), 'enrollments.csv': enrolled }
    expect(lines(await fixture.import(files))[0]).toBe(
      'refused users.csv:5 t1: another record of staff has its key (users.csv, line 4): the first one is imported',
    )
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`])
  })
})

test('importFeed() of a file that begins with the separator spreadsheets expect reads it', async () => {
  const files = { ...bulk(), 'users.csv': `sep=,\r\n${bulk()['users.csv']}` }
  expect(await fixture.import(files)).toMatchObject({ people: { added: 4 } })
})

test('importFeed() of an enrollment that names another school counts the school of the class', async () => {
  const files = { ...bulk(), 'enrollments.csv': bulk()['enrollments.csv'].replace('e1,,,c1,o1', 'e1,,,c1,o2') }
  expect(lines(await fixture.import(files))).toEqual([
    'deviation enrollments.csv:2 e1: it names another school than that of its class, which counts',
  ])
  expect(await look.roles('p1')).toEqual([`pupil@${uai}`])
})
