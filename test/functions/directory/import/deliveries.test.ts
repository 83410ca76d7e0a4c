import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aaf, delivery, guardian, modify, named, otherUai, pupil, school, source, teacher, uai } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt, notSuspending } from './look.ts'
import { bulk, classes, delta, enrollments, orgs, users } from './oneroster-feed.ts'
import { zipOf } from './zip.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)

/** The files of a feed under another prefix, in a folder of their own. */
const under = (folder: string, prefix: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${folder}/${name.replace('PREAU_TEST', prefix)}`, text]),
  )

const inFolder = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))

/** A delivery of another school, with the same keys of other people. */
const strangers = {
  [named('EtabEducNat')]: aaf([school('2', otherUai)]),
  [named('Eleve')]: aaf([
    pupil('100', ['500'], { sn: 'Autre', ENTPersonStructRattach: '2', ENTEleveClasses: '2$6e A' }),
  ]),
  [named('PersRelEleve')]: aaf([guardian('500', { sn: 'Autre' })]),
  [named('PersEducNat')]: aaf([]),
}

/** A bundle of a school of its own. */
const otherBundle = {
  ...bulk(),
  'orgs.csv': orgs('o9,,,Lycée du Lac,school,0990009Z,'),
  'classes.csv': classes('c9,,,2de A,homeroom,k1,o9,t1'),
  'users.csv': users('p1,,,true,o9,student,x,Bob,Tiers,'),
  'enrollments.csv': enrollments('e9,,,c9,o9,p1,student'),
}

describe('importFeed() of several AAF deliveries under one path', () => {
  test('keeps the keys of two académies apart, in folders and in archives', async () => {
    const there = under('b', 'ACB', strangers)
    const report = await fixture.import({
      ...under('a', 'ACA', delivery(2)),
      'b.zip': await zipOf(there),
    })
    expect(report).toMatchObject({
      outcome: 'imported',
      deliveries: [{ source: 'aaf:aca', date: '20260901' }, { source: 'aaf:acb' }],
      people: { added: 6 },
    })
    const [here, elsewhere] = ['aaf:aca', 'aaf:acb'].map(one => lookAt(() => fixture, one))
    expect(await here?.person('500')).toMatchObject({ children: [{ uai }, { uai }] })
    expect(await elsewhere?.person('500')).toMatchObject({ children: [{ uai: otherUai, familyName: 'Autre' }] })
  })

  test('imports 1st and 2nd degree of different days, each as the last of its own', async () => {
    await fixture.import(under('1d', 'ENT1D', delivery(2)))
    const second = Object.fromEntries(
      Object.entries(strangers).map(([name, text]) => [name.replace('20260901', '20260902'), text]),
    )
    const report = await fixture.import({ ...under('1d', 'ENT1D', delivery(2)), ...under('2d', 'ENT2D', second) })
    expect(report).toMatchObject({ findings: [], people: { added: 2, unchanged: 4, suspended: 0 } })
  })

  test('asks which one counts where the same part is there twice', async () => {
    const report = await fixture.import({ ...delivery(2), ...inFolder('copy', delivery(2)) })
    expect(report).toMatchObject({ outcome: 'held', written: 0 })
    expect(lines(report)).toEqual([
      expect.stringMatching(/^asked copy\/.*: it is the same part of the same delivery as /),
    ])
  })

  test('notices that the first part of one category is missing', async () => {
    await fixture.import({ ...delivery(2), [named('Eleve', { part: 1 })]: aaf([pupil('180')]) })
    const { [named('Eleve')]: _, ...files } = { ...delivery(2), [named('Eleve', { part: 1 })]: aaf([pupil('180')]) }
    const report = await fixture.import(files)
    expect(lines(report)).toEqual(['left-out : Eleve lacks 1 of its parts, the first is 0000', notSuspending])
    expect(report).toMatchObject({ outcome: 'imported-with-refusals', written: 0 })
  })

  test('cannot give several sources one name', async () => {
    const path = await fixture.feed({ ...under('a', 'ACA', delivery(2)), ...under('b', 'ACB', strangers) })
    await expect(fixture.run(path, { source: 'mine' })).rejects.toThrow(
      /holds deliveries of 2 sources \(aaf:aca, aaf:acb\), so that --source cannot name them all/,
    )
  })
})

describe('importFeed() of a delivery that comes at the wrong time', () => {
  const deltaOf = (day: number, name: string) => ({
    [named('Eleve', { kind: 'Delta', day })]: aaf([modify('Eleve', '100', { givenName: name })]),
  })

  test('asks before older news, complete or delta, and imports it when told to', async () => {
    await fixture.import(delivery(2))
    await fixture.import(deltaOf(3, 'Troisième'))
    for (const files of [deltaOf(2, 'Deuxième'), delivery(2)]) {
      const report = await fixture.import(files)
      expect(report).toMatchObject({ outcome: 'held', deliveries: [], written: 0 })
      expect(lines(report)).toEqual([
        expect.stringMatching(/^asked .*aaf:preau_test had a delivery of 2026-09-03 already/),
      ])
    }
    expect(await look.person('100')).toMatchObject({ givenName: 'Troisième' })
    expect(await fixture.import(deltaOf(2, 'Deuxième'), { outOfOrder: true })).toMatchObject({ outcome: 'imported' })
    expect(await look.person('100')).toMatchObject({ givenName: 'Deuxième' })
    // The day of the last one stays the later one.
    expect(await fixture.import(deltaOf(2, 'Encore'))).toMatchObject({ outcome: 'held' })
  })

  test('reads of several deltas those that are new', async () => {
    await fixture.import(delivery(2))
    await fixture.import(deltaOf(3, 'Troisième'))
    const report = await fixture.import({ ...deltaOf(2, 'Deuxième'), ...deltaOf(4, 'Quatrième') })
    expect(lines(report)).toEqual([
      `left-out ${named('Eleve', { kind: 'Delta', day: 2 })}: a delivery of 2026-09-03 was imported before: it is not read`,
    ])
    expect(await look.person('100')).toMatchObject({ givenName: 'Quatrième' })
  })

  test('asks before a delta of a source that never was complete, of AAF and of OneRoster', async () => {
    for (const files of [
      deltaOf(2, 'Lou'),
      delta({ 'users.csv': users('p1,active,2026-09-01,true,o1,student,z,Zoé,Petit,') }),
    ])
      expect(lines(await fixture.import(files))).toEqual([expect.stringMatching(/has had no complete delivery/)])
    expect(await fixture.everything()).toEqual(new Map())
  })

  test('asks before an older OneRoster delta, by what it changed last', async () => {
    await fixture.import(bulk())
    const at = (day: string, name: string) =>
      delta({ 'users.csv': users(`p1,active,${day},true,o1,student,z,${name},Petit,g1`) })
    expect(await fixture.import(at('15/06/2026', 'Juin'))).toMatchObject({ outcome: 'imported' })
    expect(await fixture.import(at('2026-01-01', 'Janvier'))).toMatchObject({ outcome: 'held', written: 0 })
    expect(await fixture.import(at('6/15/2026 8:00 AM', 'Juin'))).toMatchObject({ outcome: 'imported' })
  })
})

describe('importFeed() of several OneRoster bundles under one path', () => {
  test('imports those of different schools, and keeps their keys apart, also later and alone', async () => {
    const report = await fixture.import({ ...inFolder('a', bulk()), 'b.zip': await zipOf(otherBundle) })
    expect(report).toMatchObject({ outcome: 'imported', people: { added: 5 } })
    const sources = ['oneroster:0990001a', 'oneroster:0990009z']
    expect(report.deliveries.map(one => one.source)).toEqual(sources)
    const names = sources.map(async one => (await lookAt(() => fixture, one).person('p1'))?.givenName)
    expect(await Promise.all(names)).toEqual(['Zoé', 'Bob'])
    expect(await fixture.import(otherBundle)).toMatchObject({ written: 0, people: { unchanged: 1 } })
  })

  test('asks which one counts of two that describe one school', async () => {
    const feeds: Record<string, string | Buffer>[] = [
      { ...bulk(), ...inFolder('2025', bulk()) },
      { 'mon.zip': await zipOf(bulk()), 'tue.zip': await zipOf(bulk()) },
    ]
    for (const files of feeds) {
      const report = await fixture.import(files)
      expect(report).toMatchObject({ outcome: 'held', written: 0 })
      expect(lines(report)).toEqual([
        expect.stringMatching(
          new RegExp(`^asked .* it describes the school ${uai} as .* does, and neither says which is newer`),
        ),
      ])
    }
  })

  test('imports a delta beside the bulk bundle it follows', async () => {
    const news = delta({ 'users.csv': users('p3,active,2026-09-02,true,o1,student,n,Nina,Neuf,g1') })
    const report = await fixture.import({ ...inFolder('1', bulk()), ...inFolder('2', news) })
    expect(report).toMatchObject({ outcome: 'imported', deliveries: [{ mode: 'complete' }, { mode: 'delta' }] })
    expect(await lookAt(() => fixture, 'oneroster').status('p3')).toBe('active')
  })
})

describe('importFeed() of what nobody can import', () => {
  test.each([
    ['a SIS import of Canvas', { 'users.csv': 'user_id,login_id,first_name,status\nU1,zoe,Zoé,active\n' }],
    [
      'a CSV feed of Clever',
      { 'schools.csv': 'School_id,School_name\nS1,Saules\n', 'enrollments.csv': 'School_id,Student_id\nS1,1\n' },
    ],
  ])('says that it is %s', async (name, files) => {
    await expect(fixture.import(files)).rejects.toThrow(`it is ${name}, which is not read. Préau reads AAF, OneRoster`)
  })

  test('writes nothing where nobody is in a school', async () => {
    const department = { ...bulk(), 'orgs.csv': orgs('o1,,,Histoire,department,,') }
    const headers = {
      ...bulk(),
      'orgs.csv': orgs(),
      'classes.csv': classes(),
      'users.csv': users(),
      'enrollments.csv': enrollments(),
    }
    for (const files of [department, headers])
      expect(await fixture.import(files)).toMatchObject({ outcome: 'nothing', written: 0 })
  })

  test('names each file it does not read', async () => {
    const report = await fixture.import({
      ...bulk(),
      'demographics.csv': 'a,b\n',
      'notes.pdf': '',
      '__MACOSX/._users.csv': '',
    })
    expect(lines(report).sort()).toEqual([
      'left-out __MACOSX/._users.csv: a computer’s desktop leaves such files behind: it is not read',
      'left-out demographics.csv: Préau has no need of it: it is not read',
      'left-out notes.pdf: it is neither an XML nor a CSV file nor a ZIP archive: it is not read',
    ])
  })
})

describe('importFeed() of a school under another name', () => {
  const renamed = under('x', 'OTHER', { ...delivery(2), [named('PersEducNat')]: aaf([teacher('900'), teacher('901')]) })

  test('holds a school that another source describes, and writes nothing of it', async () => {
    await fixture.import(delivery(2))
    const before = await fixture.everything()
    const report = await fixture.import(renamed)
    expect(report).toMatchObject({
      outcome: 'held',
      written: 0,
      held: [{ uai, reason: 'another-source', holder: source }],
    })
    expect(await fixture.everything()).toEqual(before)
  })

  test('under the source it is told is the same feed', async () => {
    await fixture.import(delivery(2))
    expect(await fixture.import(renamed, { source })).toMatchObject({ held: [], people: { added: 1, unchanged: 4 } })
  })

  test('moves a confirmed school to the new source with its people, and suspends who was there by the old one alone', async () => {
    const both = {
      ...delivery(2),
      [named('EtabEducNat', { part: 1 })]: aaf([school('2', otherUai)]),
      [named('PersEducNat')]: aaf([
        teacher('900', { ENTPersonFonctions: ['1$ENS$X$L1300$M', '2$ENS$X$L1300$M'] }),
        teacher('902'),
      ]),
    }
    await fixture.import(both)
    const report = await fixture.import(renamed, { confirm: [uai] })
    expect(report).toMatchObject({ outcome: 'imported', held: [], people: { added: 1, changed: 4, suspended: 1 } })
    // Who has the same key and names keeps their account; who is in another school of the old source is of both.
    expect(await look.person('500')).toMatchObject({ status: 'active', source: 'aaf:other', children: [{}, {}] })
    expect([await look.status('100'), await look.status('902')]).toEqual(['active', 'suspended'])
    expect(await look.roles('900')).toEqual([`teacher@${uai}`, `teacher@${otherUai}`])
    const now = lookAt(() => fixture, 'aaf:other')
    expect([await now.status('900'), await now.status('500')]).toEqual([undefined, undefined])
    expect(await fixture.import(renamed)).toMatchObject({ held: [], written: 0 })
    // The former source describes the school again: it is asked in its turn, and writes of nobody there.
    const before = await look.person('500')
    expect(await fixture.import(both)).toMatchObject({
      held: expect.arrayContaining([expect.objectContaining({ uai, holder: 'aaf:other' })]),
    })
    expect(await look.person('500')).toEqual(before)
    // Moved back, they are the same people still.
    await fixture.import(both, { confirm: [uai] })
    expect(await look.person('500')).toMatchObject({ status: 'active', source, children: [{}, {}] })
    expect(await fixture.import(both)).toMatchObject({ held: [], written: 0 })
  })

  test('takes nobody for another by a key alone, or by a name alone, when a school moves', async () => {
    await fixture.import(delivery(2))
    const files = under('x', 'OTHER', {
      ...delivery(2),
      [named('PersEducNat')]: aaf([teacher('900', { sn: 'Autre' }), teacher('903', { sn: 'Prof 900' })]),
    })
    await fixture.import(files, { confirm: [uai] })
    const now = lookAt(() => fixture, 'aaf:other')
    expect(await look.status('900')).toBe('suspended')
    expect([await now.status('900'), await now.status('903')]).toEqual(['active', 'active'])
  })

  test('moves it whole where the move was interrupted and started again', async () => {
    await fixture.import(delivery(2))
    const stored = await fixture.everything()
    const path = await fixture.feed(renamed)
    await fixture.run(path, { confirm: [uai] })
    const whole = await fixture.everything()
    for (const last of [1, 3, 5, 6, 7, 8, 9, 11]) {
      await fixture.restore(stored)
      const client = dying(fixture.database.endpoint, last, last % 2 === 0)
      await fixture.run(path, { client, confirm: [uai] }).catch(error => expect(String(error)).toMatch(/power is cut/))
      client.destroy()
      await fixture.run(path, { confirm: [uai] })
      expect(await fixture.everything()).toEqual(whole)
    }
  })

  test('that has another UAI now takes its people along, and those of later deltas', async () => {
    await fixture.import(delivery(2))
    const moved = { ...delivery(2), [named('EtabEducNat')]: aaf([school('1', '0990000A')]) }
    expect(await fixture.import(moved)).toMatchObject({ held: [], people: { changed: 4, suspended: 0 } })
    await fixture.import({ [named('Eleve', { kind: 'Delta', day: 2 })]: aaf([pupil('110', ['500'])]) })
    expect(await look.roles('110')).toEqual(['pupil@0990000A'])
    expect(await look.roles('500')).toEqual(['guardian@0990000A'])
  })
})
