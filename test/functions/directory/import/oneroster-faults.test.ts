import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import {
  bulk,
  bulkOf12,
  classes,
  csv,
  enrollments,
  manifest,
  orgs,
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

describe('importFeed() of a OneRoster feed that breaks the rules', () => {
  const offending = () => ({
    ...bulk(),
    'users.csv': users(
      'p1,active,2026-09-01,true,o1,student,zpetit,Zoé,Petit,g1',
      'p2,active,2026-09-01,true,o1,student,agrand,Ali "Al",Grand,',
      'g1,,,TRUE,,parent,npetit,Noé,Petit,',
      't1,,,FALSCH,o1,teacher,ablanc,Anne,Blanc,,zu,viel',
    ).replace('agentSourcedIds', 'agents'),
  })

  test('accepts what is unambiguous and reports it', async () => {
    const report = await fixture.import(offending())
    expect(lines(report)).toEqual([
      'deviation users.csv: the column agents is read as agentSourcedIds',
      'deviation users.csv:2 p1: a bulk file’s record has a status (2 records, the first here)',
      'deviation users.csv:3 p2: a quote stands in a field without quotes',
      'deviation users.csv:5 t1: it has more fields than there are columns',
    ])
    expect(report.people.added).toBe(4)
    expect(await look.guardians('p1')).toEqual([id('g1')])
  })

  test('with strict refuses it, and suspends nobody for it', async () => {
    await fixture.import(bulk())
    const columns = await fixture.import(offending(), { strict: true })
    expect(lines(columns)).toContain(
      'refused users.csv: the column agents is read as agentSourcedIds: the whole file is refused',
    )
    expect(columns.people).toMatchObject({ changed: 0, suspended: 0 })
    const records = { ...offending(), 'users.csv': offending()['users.csv'].replace('agents', 'agentSourcedIds') }
    const report = await fixture.import(records, { strict: true, confirm: [uai] })
    expect(lines(report)).toEqual([
      'refused users.csv:2 p1: a bulk file’s record has a status',
      'refused users.csv:3 p2: a quote stands in a field without quotes',
      'refused users.csv:5 t1: it has more fields than there are columns',
      ...[2, 3, 4, 5].map(
        line =>
          `refused enrollments.csv:${line} e${line - 1}: the person’s own record is refused: they stay as they were`,
      ),
    ])
    expect(await look.person('p1')).toMatchObject({ status: 'active', groups: [{ name: '6e A' }, { name: 'Latin' }] })
    expect([await look.status('p2'), await look.status('t1')]).toEqual(['active', 'active'])
  })

  test('without a manifest reads it as bulk, or refuses it', async () => {
    const { 'manifest.csv': _, ...files } = bulk()
    expect(lines(await fixture.import(files))).toEqual(['deviation : the feed has no manifest.csv: it is read as bulk'])
    await expect(fixture.import(files, { strict: true })).rejects.toThrow('the feed has no manifest.csv')
  })

  test('with a manifest that cannot be read imports nothing', async () => {
    const files = { ...bulk(), 'manifest.csv': 'propertyName;value\nfile.users;delta\n' }
    await expect(fixture.import(files)).rejects.toThrow(
      /^manifest.csv: its columns are separated by semicolons .*bulk or delta$/,
    )
  })

  test('without a file that its manifest promises suspends nobody', async () => {
    await fixture.import(bulk())
    const { 'users.csv': _, ...files } = bulk()
    const report = await fixture.import(files, { confirm: [uai] })
    expect(lines(report)).toContain('refused users.csv: the manifest promises it, and it is not there')
    expect(report.people).toMatchObject({ added: 0, changed: 0, suspended: 0 })
    const { 'users.csv': __, ...unpromised } = { ...bulk(), 'manifest.csv': manifest({ orgs: 'bulk' }) }
    expect(lines(await fixture.import(unpromised))).toContain(
      'left-out users.csv: it is not there: the feed is read without',
    )
    expect(await look.status('p1')).toBe('active')
  })

  test.each([
    ['users.csv', 'familyName', 'familyName', 0],
    ['orgs.csv', 'name', 'name', 0],
    ['classes.csv', 'schoolSourcedId', 'schoolSourcedId or orgSourcedId', 4],
    ['enrollments.csv', 'userSourcedId', 'userSourcedId', 4],
  ] as const)(
    'whose %s lacks the column %s refuses that file and reads the others',
    async (name, column, told, people) => {
      const files = { ...bulk(), [name]: bulk()[name].replace(new RegExp(`\\b${column}\\b`), 'other') }
      const report = await fixture.import(files)
      expect(lines(report)[0]).toBe(`refused ${name}: it has no column ${told}: the whole file is refused`)
      expect(report.people.added).toBe(people)
    },
  )

  test('that lacks a file of those imported before takes nothing from people', async () => {
    await fixture.import(bulk())
    const before = await fixture.everything()
    for (const name of ['classes.csv', 'enrollments.csv'] as const)
      await expect(fixture.import({ ...bulk(), [name]: 'sourcedId\n' }, { confirm: [uai] })).rejects.toThrow(
        /^\w+.csv: it has no column .*\. As people would lose what it tells of them, nothing is imported$/,
      )
    for (const name of ['orgs.csv', 'users.csv'] as const)
      expect(await fixture.import({ ...bulk(), [name]: 'sourcedId\n' }, { confirm: [uai] })).toMatchObject({
        written: 0,
      })
    expect(await fixture.everything()).toEqual(before)
  })

  test('with semicolons or tabs refuses the file and says so', async () => {
    for (const [sign, word] of [
      [';', 'semicolons'],
      ['\t', 'tabs'],
    ] as const) {
      const report = await fixture.import({ ...bulk(), 'users.csv': bulk()['users.csv'].replaceAll(',', sign) })
      expect(lines(report)[0]).toBe(
        `refused users.csv: its columns are separated by ${word} and not by commas: the whole file is refused`,
      )
    }
  })

  test('in Latin-1 refuses the file before its first record, with the line', async () => {
    const text = bulk()['users.csv'].replace('Zoé', 'Zoe').replace('Noé', 'Noe').replace('Anne', 'Agnès')
    const report = await fixture.import({ ...bulk(), 'users.csv': Buffer.from(text, 'latin1') })
    expect(lines(report)[0]).toBe('refused users.csv:5: it does not decode as UTF-8: the whole file is refused')
    expect(report).toMatchObject({ outcome: 'nothing', written: 0 })
  })

  test('reports each record that cannot be used, and imports the rest', async () => {
    const report = await fixture.import({
      ...bulkOf12(),
      'orgs.csv': orgs(
        `o1,,,Collège des Saules,school,${uai},`,
        `o1,,,Collège des Aulnes,school,0990003C,`,
        `o2,,,École du Lavoir,school,${otherUai},`,
        `o3,,,École du Lavoir,school,${otherUai},`,
        'o 4,,,École sans numéro,school,,',
      ),
      'classes.csv': classes(
        'c1,,,6e A,homeroom,k1,o1,t1',
        'c2,,,Latin,scheduled,k2,o9,t1',
        'c1,,,6e B,homeroom,k1,o1,t1',
        ',,,6e C,homeroom,k1,o1,t1',
      ),
      'users.csv': usersOf12(
        'p1,,,true,zpetit,Zoé,Petit,g1',
        'p2,,,true,agrand,Ali,Grand,g9',
        'p2,,,true,ahaut,Ali,Haut,',
        'p1,,,true,zpetit,Zoé,Petit,g1',
        'g1,,,true,npetit,Noé,Petit,',
        'g2,,,true,pseul,Paul,Seul,',
        't1,,,true,ablanc,Anne,Blanc,',
        ',,,true,x,X,X,',
        'p3,,,true,x,,,',
        'p4,,,true,x,X',
        'p5,,,true,x,X,X,',
      ),
      'roles.csv': roles(
        ...['p1', 'p2', 'p3'].map(key => `r${key},,,${key},primary,student,o1`),
        ...['g1', 'g2'].map(key => `r${key},,,${key},primary,parent,`),
        'rt1,,,t1,primary,teacher,o1',
        'rx9,,,x9,primary,student,o1',
        'rp5,,,p5,primary,wizard,o1',
      ),
      'enrollments.csv': enrollments(
        'e1,,,c1,o1,p1,student',
        'e2,,,c7,o1,p2,student',
        'e3,,,c1,o1,x9,student',
        'e4,,,c1,o1,t1,teacher',
        'e5,,,c1,o1,g1,guardian',
      ),
    })
    expect(lines(report)).toEqual([
      'refused orgs.csv:3 o1: another organization has its sourcedId (line 2)',
      `refused orgs.csv:5 o3: another school has the identifier ${otherUai}`,
      'refused orgs.csv:6 o 4: neither its identifier nor its sourcedId can stand for a UAI',
      'refused classes.csv:3 c2: a class of the school o9, which the feed does not describe',
      'refused classes.csv:4 c1: another class has its sourcedId (line 2)',
      'refused classes.csv:5: it has no sourcedId',
      'refused users.csv:9: it has no sourcedId',
      'refused users.csv:11 p4: it ends before its column familyName',
      'left-out users.csv:12 p5: its role "wizard" is not known',
      'refused roles.csv:8 x9: a role of a user that users.csv does not describe',
      'refused enrollments.csv:3 e2: its class c7 is not one the feed describes',
      'left-out enrollments.csv:6 e5: guardian in a class gives access to nothing',
      'refused users.csv:4 p2: another record of a pupil has its key (users.csv, line 3): the first one is imported',
      'deviation users.csv:5 p1: it stands in users.csv, line 2 already, word for word',
      'refused users.csv:10 p3: it has no name',
      'refused users.csv:12 p5: it has no role in a school that the feed describes',
      'refused enrollments.csv:4 e3: the user x9 is not known as a pupil',
      'left-out users.csv:3 p2: it names a guardian who is not in the feed: the pupil is imported without',
      'left-out users.csv:7 g2: a guardian of nobody: no pupil names them. They are kept without access until one does',
      'left-out : part of the feed is missing or could not be read: nobody is suspended for being absent from it',
    ])
    expect(report.people.added).toBe(4)
    expect(await look.person('p2')).toMatchObject({ familyName: 'Grand' })
    expect(await look.groups('p1')).toEqual(['6e A'])
  })

  test('with a quote that is never closed refuses that record and reads the next', async () => {
    const report = await fixture.import({
      ...bulk(),
      'users.csv': users(
        'p1,,,true,o1,student,zpetit,"Zoé,Petit,g1',
        'p2,,,true,o1,student,agrand,"Ali"x,Grand,',
        't1,,,true,o1,teacher,ablanc,Anne,"Blanc"',
        'g1,,,true,,guardian,npetit,Noé,"Petit,',
      ),
    })
    expect(lines(report).slice(0, 3)).toEqual([
      'refused users.csv:2 p1: its quotes do not match: a field goes on after its closing quote',
      'refused users.csv:3 p2: its quotes do not match: a field goes on after its closing quote',
      'refused users.csv:5 g1: a quote is opened in it and never closed',
    ])
    expect(await look.person('t1')).toMatchObject({ familyName: 'Blanc' })
  })

  test('with columns twice or in another order reads them by name', async () => {
    const report = await fixture.import({
      ...bulk(),
      'orgs.csv': `name,sourcedId,type,identifier,name\nCollège des Saules,o1,school,${uai},Autre\n`,
      'enrollments.csv': csv('x,role,userSourcedId,classSourcedId', 'e1,,,x,student,p1,c1'),
    })
    expect(lines(report)).toEqual([
      'deviation orgs.csv: its columns do not begin with sourcedId,status,dateLastModified',
      'deviation orgs.csv: it has the column name twice: the first one is read',
    ])
    expect(await look.person('p1')).toMatchObject({ schools: [{ name: 'Collège des Saules' }] })
  })
})
