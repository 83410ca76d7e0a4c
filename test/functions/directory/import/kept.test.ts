import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import {
  aaf,
  delivery,
  guardian,
  modify,
  named,
  otherUai,
  pupil,
  remove,
  school,
  source,
  teacher,
  uai,
} from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)
const id = (key: string) => personId(source, key)

const delta = (files: Readonly<Record<string, string[]>>, day = 2) =>
  Object.fromEntries(
    Object.entries(files).map(([category, records]) => [named(category, { kind: 'Delta', day }), aaf(records)]),
  )

const links = (values: string[], day = 2) =>
  delta({ Eleve: [modify('Eleve', '100', { ENTElevePersRelEleve: values })] }, day)

/** Eight pupils and their guardians; with the first one's links, a guardian 510 besides, and a pupil of elsewhere. */
const first = (relations: string[], day = 1) => ({
  ...Object.fromEntries(
    Object.entries(delivery(8)).map(([name, content]) => [name.replace('0901', `090${day}`), content]),
  ),
  [named('Eleve', { day })]: aaf([
    pupil('100', [], { ENTElevePersRelEleve: relations }),
    ...Array.from({ length: 7 }, (_, at) => pupil(`${101 + at}`, [`${500 + ((at + 1) >> 1)}`])),
  ]),
  [named('PersRelEleve', { day, part: 1 })]: aaf([guardian('510')]),
})

const custody = '510$8$1$1$1$0'
const charge = '510$8$0$2$1$0'

/** Keys of the items that are about a person, but for those of their kin. */
const itemsOf = async (key: string) =>
  [...(await fixture.everything()).keys()].filter(one => one.includes(id(key)) && !one.includes('AWAITED')).sort()

const alone = (key: string) => [`D#${source}|KEPT#${id(key)}`, `P#${id(key)}|SOURCE`]

const childrenOf = async (key: string) => (await look.person(key))?.children.map(child => child.id)

/** What is stored of a person, without when they left and what follows from it. */
const audiencesOf = async (key: string) => (await look.person(key))?.audiences.map(one => one.id)

describe('importFeed() of AAF whose custody changes by deltas', () => {
  test('gives a guardian who had none the child, who is sent but once', async () => {
    const report = await fixture.import(first([charge]))
    expect(report.findings).toEqual([])
    expect(await itemsOf('510')).toEqual(alone('510'))
    expect(await fixture.import(first([charge]))).toMatchObject({ written: 0, findings: [] })
    expect(await fixture.import(links([custody]))).toMatchObject({ findings: [], people: { added: 1, changed: 1 } })
    expect([await look.status('510'), await childrenOf('510')]).toEqual(['active', [id('100')]])
    expect(await look.guardians('100')).toEqual([id('510')])
    expect(await itemsOf('510')).not.toContain(alone('510')[0])
    expect(await fixture.import(links([custody]))).toMatchObject({ written: 0 })
  })

  test('takes it, keeps the account without access, and gives it back', async () => {
    await fixture.import(first(['500$1$1$1$1$0', custody]))
    const before = await look.person('510')
    const lost = await fixture.import(links(['500$1$1$1$1$0', charge]))
    expect(lost).toMatchObject({ findings: [], people: { changed: 1, suspended: 1 } })
    expect(await look.person('510')).toMatchObject({ status: 'suspended', audiences: [], children: [] })
    expect(await look.guardians('100')).toEqual([id('500')])
    expect(await fixture.import(links(['500$1$1$1$1$0', charge]))).toMatchObject({ written: 0 })
    const back = await fixture.import(links(['500$1$1$1$1$0', custody], 3))
    expect(back).toMatchObject({ findings: [], people: { changed: 2 } })
    expect(await look.person('510')).toEqual(before)
    expect(await look.guardians('100')).toEqual([id('500'), id('510')].sort())
  })

  test('keeps who lost it over complete deliveries, and forgets who is in none any more', async () => {
    await fixture.import(first(['500$1$1$1$1$0', custody]))
    await fixture.import(first(['500$1$1$1$1$0', charge], 2))
    expect(await look.status('510')).toBe('suspended')
    expect(await fixture.import(first(['500$1$1$1$1$0', charge], 2))).toMatchObject({ written: 0 })
    const { [named('PersRelEleve', { day: 3, part: 1 })]: _, ...without } = first(['500$1$1$1$1$0'], 3)
    await fixture.import(without)
    await fixture.import(links(['500$1$1$1$1$0', custody], 4))
    expect([await look.status('510'), await look.guardians('100')]).toEqual(['suspended', [id('500')]])
    expect(await itemsOf('510')).not.toContain(alone('510')[0])
  })

  test('forgets who never had it and is in no delivery any more, or is taken away', async () => {
    await fixture.import(first([charge]))
    expect(await itemsOf('510')).toHaveLength(2)
    await fixture.import(delta({ PersRelEleve: [remove('PersRelEleve', '510')] }))
    expect(await itemsOf('510')).toEqual([])
    await fixture.import(first([charge], 3))
    expect(await itemsOf('510')).toEqual(alone('510'))
    const { [named('PersRelEleve', { day: 4, part: 1 })]: _, ...without } = first([], 4)
    await fixture.import(without)
    expect(await itemsOf('510')).toEqual([])
  })

  test('knows the latest name of a guardian who has none', async () => {
    await fixture.import(first([charge]))
    await fixture.import(delta({ PersRelEleve: [modify('PersRelEleve', '510', { sn: 'Durand' })] }))
    expect(await look.person('510')).toBeUndefined()
    await fixture.import(links([custody], 3))
    expect(await look.person('510')).toMatchObject({ familyName: 'Durand', status: 'active' })
  })

  test('takes custody also by a delivery that lacks something else', async () => {
    await fixture.import(first(['500$1$1$1$1$0', custody]))
    const { [named('PersEducNat', { day: 2 })]: _, ...lacking } = first(['500$1$1$1$1$0', charge], 2)
    await fixture.import(lacking)
    expect([await look.status('510'), await childrenOf('510')]).toEqual(['suspended', []])
    expect(await look.status('900')).toBe('active')
  })

  test('lets a teacher who has lost custody be a guardian again', async () => {
    const files = {
      ...first(['500$1$1$1$1$0', custody]),
      [named('PersEducNat', { part: 1 })]: aaf([teacher('510', { sn: 'Parent 510', givenName: 'Noé' })]),
    }
    await fixture.import(files)
    expect(await look.roles('510')).toEqual([`teacher@${uai}`, `guardian@${uai}`])
    await fixture.import(links([charge]))
    expect(await look.roles('510')).toEqual([`teacher@${uai}`])
    await fixture.import(links([custody], 3))
    expect(await look.roles('510')).toEqual([`teacher@${uai}`, `guardian@${uai}`])
  })

  test('given by a delta that was cut off anywhere ends as if it was not', async ({ signal }) => {
    await fixture.import(first([charge]))
    const before = await fixture.everything()
    const path = await fixture.feed(links([custody]))
    await fixture.run(path)
    const whole = await fixture.everything()
    let cuts = 0
    for (let done = false; !done; cuts++) {
      signal.throwIfAborted()
      await fixture.restore(before)
      const client = dying(fixture.database.endpoint, (cuts >> 1) + 1, cuts % 2 === 1)
      done = await fixture.run(path, { client }).then(
        () => true,
        () => false,
      )
      client.destroy()
      await fixture.run(path)
      expect(await fixture.everything()).toEqual(whole)
    }
    expect(cuts).toBeGreaterThan(8)
  })
})

describe('importFeed() of AAF pupils who leave and return by deltas', () => {
  test('brings their guardians back with them', async () => {
    await fixture.import(delivery(8))
    const [child, parent] = [await look.person('106'), await look.person('503')]
    await fixture.import(delta({ Eleve: [remove('Eleve', '106'), remove('Eleve', '107')] }))
    expect([await look.status('106'), await look.status('503')]).toEqual(['suspended', 'suspended'])
    await fixture.import(delta({ Eleve: [pupil('106', ['503'])] }, 3))
    expect(await look.person('106')).toEqual(child)
    expect(await audiencesOf('503')).toEqual(parent?.audiences.map(one => one.id))
    expect([await look.status('503'), await childrenOf('503')]).toEqual(['active', [id('106')]])
  })
})

describe('importFeed() of AAF people of other schools', () => {
  const elsewhere = { ENTPersonStructRattach: '77', ENTEleveClasses: '77$5e C' }
  const files = {
    ...delivery(8),
    [named('Eleve', { part: 1 })]: aaf([pupil('150', ['510'], elsewhere)]),
    [named('PersRelEleve', { part: 1 })]: aaf([guardian('510')]),
    [named('PersEducNat', { part: 1 })]: aaf([
      teacher('950', {
        ENTPersonStructRattach: '77',
        ENTPersonFonctions: '77$ENS$E$L$M',
        ENTAuxEnsClassesMatieres: '',
      }),
    ]),
  }
  const more = named('Eleve', { part: 1 })
  const staff = named('PersEducNat', { part: 1 })

  test('keeps them without access, and says so', async () => {
    const report = await fixture.import(files)
    expect(lines(report).sort()).toEqual([
      `left-out ${more}:5 150: a class of a school the feed does not describe: 77`,
      `left-out ${more}:5 150: a pupil of a school the feed does not describe: 77`,
      `left-out ${more}:5 150: it is in no school that the feed describes: it is kept without access`,
      `left-out ${staff}:5 950: a post of a school the feed does not describe: 77`,
      `left-out ${staff}:5 950: it is in no school that the feed describes: it is kept without access`,
    ])
    expect(report).toMatchObject({ outcome: 'imported', people: { added: 13 } })
    for (const key of ['150', '510', '950']) expect(await itemsOf(key)).toEqual(alone(key))
    expect(await fixture.import(files)).toMatchObject({ written: 0 })
  })

  test('gives them their places, and their guardians, when a delta brings them in', async () => {
    await fixture.import(files)
    const report = await fixture.import(
      delta({
        Eleve: [modify('Eleve', '150', { ENTPersonStructRattach: '1', ENTEleveClasses: '1$6e A' })],
        PersEducNat: [modify('PersEducNat', '950', { ENTPersonFonctions: '1$ENS$E$L$M' })],
      }),
    )
    expect(report).toMatchObject({ findings: [], people: { added: 3 } })
    expect([await look.roles('150'), await look.groups('150')]).toEqual([[`pupil@${uai}`], ['6e A']])
    expect([await look.status('510'), await childrenOf('510')]).toEqual(['active', [id('150')]])
    expect(await look.roles('950')).toEqual([`teacher@${uai}`])
  })

  test('takes a pupil who leaves for a school elsewhere out of this one, and their guardian', async () => {
    await fixture.import(delivery(8))
    const gone = { ENTPersonStructRattach: '77', ENTEleveClasses: '77$5e C' }
    const leaves = delta({ Eleve: ['106', '107'].map(key => modify('Eleve', key, gone)) })
    expect(await fixture.import(leaves)).toMatchObject({ people: { suspended: 3 } })
    expect([await look.status('106'), await look.status('503')]).toEqual(['suspended', 'suspended'])
    const back = { ENTPersonStructRattach: '1', ENTEleveClasses: '1$6e A' }
    await fixture.import(delta({ Eleve: [modify('Eleve', '106', back)] }, 3))
    expect([await look.status('106'), await look.status('503')]).toEqual(['active', 'active'])
    expect(await childrenOf('503')).toEqual([id('106')])
  })

  test('writes nothing of them where all schools of the delivery are held', async () => {
    await fixture.import(files)
    const renamed = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name.replace('TEST', 'AUTRE'), content]),
    )
    expect(await fixture.import(renamed)).toMatchObject({ outcome: 'held', written: 0 })
  })

  test('gives nobody anything where all of a feed is elsewhere', async () => {
    const report = await fixture.import({
      [named('EtabEducNat')]: aaf([school('2', otherUai)]),
      [named('Eleve')]: aaf([pupil('150', ['510'], elsewhere)]),
      [named('PersRelEleve')]: aaf([guardian('510')]),
      [named('PersEducNat')]: aaf([]),
    })
    expect(report).toMatchObject({ outcome: 'nothing', written: 0 })
  })
})
