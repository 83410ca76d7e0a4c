import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import {
  bulk,
  bulkOf12,
  classes,
  day,
  delta,
  enrollments,
  otherUai,
  roles,
  uai,
  users,
  usersOf12,
} from './oneroster-feed.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const source = 'oneroster'
const look = lookAt(() => fixture, source)
const id = (key: string) => personId(source, key)

describe('importFeed() of a bulk OneRoster feed', () => {
  test('reads schools, classes, groups, pupils, guardians and staff of 1.1', async () => {
    const report = await fixture.import(bulk())
    expect(report).toMatchObject({
      findings: [],
      deliveries: [{ format: 'oneroster', mode: 'complete', source }],
      people: { added: 4 },
      groups: { added: 2 },
      schools: { added: 2 },
    })
    expect(await look.person('p1')).toMatchObject({
      givenName: 'Zoé',
      familyName: 'Petit',
      guardians: [id('g1')],
      groups: [
        { name: '6e A', kind: 'class' },
        { name: 'Latin', kind: 'group' },
      ],
    })
    expect(await look.roles('g1')).toEqual([`guardian@${uai}`])
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`])
    expect(await fixture.import(bulk())).toMatchObject({ findings: [], written: 0 })
  })

  test('takes the roles of 1.2 from roles.csv, in as many schools as it says', async () => {
    const report = await fixture.import(bulkOf12())
    expect(report).toMatchObject({ findings: [], people: { added: 4 } })
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`, `teacher@${otherUai}`])
    expect(await look.roles('g1')).toEqual([`guardian@${uai}`])
  })

  test('suspends who is absent', async () => {
    await fixture.import(bulk())
    const without = bulk()['users.csv'].replace(/^p2.*\n/m, '')
    const enrolled = bulk()['enrollments.csv'].replace(/^e2.*\n/m, '')
    const files = { ...bulk(), 'users.csv': without, 'enrollments.csv': enrolled }
    const report = await fixture.import(files, { confirm: [uai] })
    expect(report).toMatchObject({ findings: [], people: { suspended: 1 } })
    expect(await look.status('p2')).toBe('suspended')
  })

  test('reads users without a username', async () => {
    const files = { ...bulk(), 'users.csv': bulk()['users.csv'].replace('zpetit', '') }
    expect(await fixture.import(files)).toMatchObject({ findings: [], people: { added: 4 } })
  })

  test.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['line ends of all kinds', (text: string) => text.replace('\n', '\r\n').replace('\n', '\r').replace(/\n$/, '')],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['every field quoted', (text: string) => text.replace(/[^,\n]+/g, field => `"${field}"`)],
    ['blank rows', (text: string) => text.replaceAll('\n', '\n\n,,,,\n')],
  ])('reads files with %s as it reads those without', async (_, written) => {
    await fixture.import(bulk())
    const files = Object.fromEntries(Object.entries(bulk()).map(([name, text]) => [name, written(text)]))
    const { findings, written: items } = await fixture.import(files)
    expect({ findings: findings.filter(one => !one.reason.includes('fewer fields')), items }).toEqual({
      findings: [],
      items: 0,
    })
  })

  test('reads line breaks, commas and quotes in quotes, and tells lines where records begin', async () => {
    const report = await fixture.import({
      ...bulk(),
      'classes.csv': classes(
        'c1,,,"6e A\r\n(dite ""les Saules"", bilingue)",homeroom,k1,o1,t1',
        'c2,,,Latin,scheduled,k2,o9,t1',
      ),
    })
    expect(await look.groups('p2')).toEqual(['6e A (dite "les Saules", bilingue)'])
    expect(lines(report)).toEqual([
      'refused classes.csv:4 c2: a class of the school o9, which the feed does not describe',
      'refused enrollments.csv:4 e3: its class c2 is not one the feed describes',
    ])
  })
})

describe('importFeed() of a delta OneRoster feed', () => {
  test('does only what it says', async () => {
    await fixture.import(bulk())
    const report = await fixture.import(
      delta({
        'users.csv': users(
          `p1,active,${day},true,o1,student,zpetit,Zora,Petit,`,
          `p2,tobedeleted,${day},true,o1,student,agrand,Ali,Grand,`,
          `p3,active,${day},true,o1,student,lneuf,Lou,Neuf,g1`,
        ),
        'enrollments.csv': enrollments(`e3,tobedeleted,${day},c2,o1,p1,student`, `e5,active,${day},c2,o1,p3,student`),
      }),
    )
    expect(report).toMatchObject({
      findings: [],
      deliveries: [{ mode: 'delta' }],
      people: { added: 1, changed: 2, suspended: 1 },
    })
    expect(await look.person('p1')).toMatchObject({ givenName: 'Zora', guardians: [], groups: [{ name: '6e A' }] })
    expect(await look.person('p2')).toMatchObject({ status: 'suspended', audiences: [] })
    expect(await look.groups('p3')).toEqual(['Latin'])
    expect(await look.person('g1')).toMatchObject({ status: 'active', children: [{ id: id('p3') }] })
    expect(await look.groups('t1')).toEqual(['6e A'])
  })

  test('suspends whose account is disabled', async () => {
    await fixture.import(bulk())
    await fixture.import(delta({ 'users.csv': users(`t1,active,${day},false,o1,teacher,ablanc,Anne,Blanc,`) }))
    expect(await look.status('t1')).toBe('suspended')
  })

  test('of 1.2 gives and takes the roles it names, and leaves the others', async () => {
    await fixture.import(bulkOf12())
    const report = await fixture.import(
      delta(
        {
          'roles.csv': roles(
            `r5,tobedeleted,${day},t1,secondary,teacher,o2`,
            `r6,active,${day},t1,secondary,principal,o1`,
            `r2,tobedeleted,${day},p2,primary,student,o1`,
          ),
        },
        '1.2',
      ),
    )
    expect(report).toMatchObject({ findings: [], people: { added: 0, changed: 1, suspended: 1 } })
    expect(await look.roles('t1')).toEqual([`head@${uai}`, `teacher@${uai}`])
    expect(await look.groups('t1')).toEqual(['6e A'])
    expect(await look.status('p2')).toBe('suspended')
    expect(await look.roles('p1')).toEqual([`pupil@${uai}`])
  })

  test('of 1.2 changes a user of whose roles it says nothing', async () => {
    await fixture.import(bulkOf12())
    const report = await fixture.import(
      delta(
        {
          'users.csv': usersOf12(
            `p1,active,${day},true,zpetit,Zora,Petit,`,
            `t1,active,${day},true,ablanc,Anna,Blanc,`,
            `x1,active,${day},true,nnul,Nul,Part,`,
          ),
        },
        '1.2',
      ),
    )
    expect(lines(report)).toEqual(['refused users.csv:4 x1: it is in no school that the feed describes'])
    expect(await look.person('p1')).toMatchObject({
      givenName: 'Zora',
      guardians: [],
      roles: [{ uai, role: 'pupil' }],
      groups: [{ name: '6e A' }, { name: 'Latin' }],
    })
    expect(await look.roles('t1')).toEqual([`teacher@${uai}`, `teacher@${otherUai}`])
    expect(await look.status('g1')).toBe('suspended')
  })

  test('of 1.2 adds a pupil with their guardian', async () => {
    await fixture.import(bulkOf12())
    const report = await fixture.import(
      delta(
        {
          'users.csv': usersOf12(
            `p3,active,${day},true,lneuf,Lou,Neuf,g3`,
            `g3,active,${day},true,mneuf,Max,Neuf,`,
            `g4,active,${day},true,pseul,Paul,Seul,`,
          ),
          'roles.csv': roles(
            `r7,active,${day},p3,primary,student,o2`,
            `r8,active,${day},g3,primary,guardian,d1`,
            `r9,active,${day},g4,primary,guardian,d1`,
          ),
        },
        '1.2',
      ),
    )
    expect(lines(report)).toEqual([
      'left-out users.csv:4 g4: a guardian of nobody: no pupil names them. They are kept without access until one does',
    ])
    expect(await look.roles('g3')).toEqual([`guardian@${otherUai}`])
    expect(await look.person('g4')).toBeUndefined()
  })

  test('reports a change of somebody unknown and invents nobody', async () => {
    await fixture.import(bulk())
    const report = await fixture.import(
      delta({
        'users.csv': users(`x1,tobedeleted,${day},true,o1,student,x,X,X,`),
        'enrollments.csv': enrollments(`e8,active,${day},c1,o1,x2,student`, `e9,active,${day},c1,o1,t1,student`),
        'roles.csv': roles(`r9,active,${day},x3,primary,student,o1`),
      }),
    )
    expect(lines(report)).toEqual([
      'refused users.csv:2 x1: nobody is known by its key: there is nothing to change or to take away',
      'refused roles.csv:2 x3: nobody is known by its key: there is nothing to change or to take away',
      'refused enrollments.csv:2 e8: the user x2 is not known as a pupil',
      'refused enrollments.csv:3 e9: the user t1 is not known as a pupil',
    ])
    expect(report).toMatchObject({ outcome: 'imported-with-refusals', people: { added: 0, changed: 0, suspended: 0 } })
  })
})
