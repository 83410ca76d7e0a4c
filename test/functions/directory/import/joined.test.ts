import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { aaf, modify, remove, type Values } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'
import { college, ecole, first, oneD, parent, roster, second, twoD } from './two-feeds.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())
beforeEach(() => fixture.empty())

const one = lookAt(() => fixture, first)
const two = lookAt(() => fixture, second)

/** Who is in the directory under the parent's family name: schools and children of each, by name. */
const parents = async () => {
  const people = [...(await fixture.everything()).values()].filter(
    item => item.sk === 'PERSON',
  ) as unknown as PersonItem[]
  return people
    .filter(({ familyName }) => familyName.startsWith('Le '))
    .map(({ givenName, status, roles, children }) => {
      const at = roles.map(({ uai, role }) => `${role}@${uai === ecole ? 'école' : 'collège'}`)
      return [givenName, status, ...at, ...children.map(child => child.className)].join(' ')
    })
    .sort()
}

const ofBoth = 'Noé active guardian@collège guardian@école'
const ofEcole = (values: Values, more = {}) => oneD({ pupils: { 100: ['500'] }, guardians: { 500: values }, ...more })
const ofCollege = (key: string, values: Values, more = {}) =>
  twoD({ pupils: { 200: [key] }, guardians: { [key]: values }, ...more })

const joinedIn = (report: Parameters<typeof lines>[0]) => lines(report).filter(line => line.startsWith('joined'))

describe('importFeed() of somebody whom another source describes', () => {
  const mail = { mail: 'noe.legall@example.org' }
  const mobile = { mobile: '06 12 34 56 78' }

  test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
    ['the same key and both names', ofEcole(parent), ofCollege('500', parent), true],
    ['names without accents', ofEcole(parent), ofCollege('500', { sn: 'LE GALL', givenName: 'NOE' }), true],
    ['names alone', ofEcole(parent), ofCollege('501', parent), false],
    ['a key alone', ofEcole(parent), ofCollege('500', { sn: 'Le Goff', givenName: 'Noé' }), false],
    ['one académie', ofEcole(parent, { academy: 'Rennes' }), ofCollege('500', parent, { academy: 'RENNES' }), true],
    ['two académies', ofEcole(parent, { academy: 'Rennes' }), ofCollege('500', parent, { academy: 'Nantes' }), false],
    [
      'two académies, and the same mail',
      ofEcole({ ...parent, ...mail }, { academy: 'Rennes' }),
      ofCollege('500', { ...parent, mail: ' Noe.LeGall@Example.ORG' }, { academy: 'Nantes' }),
      true,
    ],
    ['another key, and the same mail', ofEcole({ ...parent, ...mail }), ofCollege('501', { ...parent, ...mail }), true],
    [
      'another key, and the same mobile phone',
      ofEcole({ ...parent, ...mobile }),
      ofCollege('501', { ...parent, ENTPersonMobileSMS: '+33612345678' }),
      true,
    ],
    [
      'the same names, and other mails',
      ofEcole({ ...parent, ...mail }),
      ofCollege('501', { ...parent, mail: 'autre@example.org' }),
      false,
    ],
    [
      'the phone at home',
      ofEcole({ ...parent, homePhone: '0299000000' }),
      ofCollege('501', { ...parent, homePhone: '0299000000' }),
      false,
    ],
    [
      'AAF and OneRoster, by mail',
      ofEcole({ ...parent, ...mail }),
      roster('Noé,Le Gall,,noe.legall@example.org,,'),
      true,
    ],
    [
      'AAF and OneRoster, by mobile phone',
      ofEcole({ ...parent, ...mobile }),
      roster('Noé,Le Gall,,,,0612345678'),
      true,
    ],
    ['AAF and OneRoster, by names', ofEcole(parent), roster('Noé,Le Gall,,,,'), false],
    ['OneRoster before AAF', roster('Noé,Le Gall,,noe.legall@example.org,,'), ofEcole({ ...parent, ...mail }), true],
  ])('%s: one account, or two', async (_, before, then, isJoined) => {
    await fixture.import(before)
    const stored = await fixture.everything()
    const path = await fixture.feed(then)
    const dry = await fixture.run(path, { dryRun: true })
    expect(await fixture.everything()).toEqual(stored)
    const report = await fixture.run(path)
    expect([joinedIn(dry).length, joinedIn(report).length]).toEqual(isJoined ? [1, 1] : [0, 0])
    const now = await parents()
    if (isJoined) expect(now).toEqual([expect.stringContaining(ofBoth)])
    else expect(now).toHaveLength(2)
    expect(await fixture.run(path)).toMatchObject({ written: 0, outcome: 'imported' })
    expect(await fixture.import(before)).toMatchObject({ written: 0, outcome: 'imported' })
    expect(JSON.stringify([...(await fixture.everything()).values()])).not.toMatch(/example\.org|12 ?34 ?56|12345678/i)
  })

  test('joins nobody of a household that shares a mail address', async () => {
    await fixture.import(ofEcole({ ...parent, ...mail }))
    await fixture.import(ofCollege('501', { sn: 'Le Gall', givenName: 'Léa', ...mail }))
    expect(await parents()).toEqual(['Léa active guardian@collège 6e A', 'Noé active guardian@école CM1'])
  })

  test('asks where two people may be meant, and joins none', async () => {
    await fixture.import(
      oneD({
        pupils: { 100: ['500', '501'] },
        guardians: { 500: { ...parent, ...mail }, 501: { ...parent, ...mobile } },
      }),
    )
    const report = await fixture.import(ofCollege('502', { ...parent, ...mail, ...mobile }))
    expect(report.outcome).toBe('held')
    expect(lines(report)).toEqual([expect.stringMatching(/^asked .* 502: it may be any of \w{16}, \w{16}, .*join/)])
    expect(await parents()).toHaveLength(3)
  })

  test('asks where two of a delivery may be one person', async () => {
    await fixture.import(ofEcole({ ...parent, ...mail }))
    const report = await fixture.import(
      twoD({
        pupils: { 200: ['501', '502'] },
        guardians: { 501: { ...parent, ...mail }, 502: { ...parent, ...mail } },
      }),
    )
    expect(lines(report)).toHaveLength(2)
    expect(await parents()).toHaveLength(3)
  })

  test('joins staff, and pupils by their national number alone', async () => {
    const taught = { staff: { 900: parent }, more: { 100: { ENTEleveINE: '1234567890A', sn: 'Le Bras' } } }
    await fixture.import(ofEcole({}, taught))
    const moved = { pupils: { 100: [], 201: [] }, staff: { 900: parent } }
    await fixture.import(
      twoD({ ...moved, more: { 100: { sn: 'Le Bras' }, 201: { ENTEleveINE: '1234567890a', sn: 'Le Bras' } } }),
    )
    expect(await parents()).toEqual([
      'Noé active teacher@collège teacher@école',
      'Zoé active pupil@collège',
      'Zoé active pupil@collège pupil@école',
    ])
  })
})

describe('importFeed() of a person of two sources', () => {
  const start = async () => {
    await fixture.import(ofEcole(parent))
    await fixture.import(ofCollege('500', parent))
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
  }
  const others = { pupils: { 100: ['501'] }, guardians: { 501: { sn: 'Autre' } } }

  test('without them in one of its completes takes only what that source gave', async () => {
    await start()
    await fixture.import(twoD({ pupils: { 200: [] }, day: 2 }), { confirm: [college] })
    expect(await parents()).toEqual(['Noé active guardian@école CM1'])
    await fixture.import(ofEcole(parent))
    expect(await parents()).toEqual(['Noé active guardian@école CM1'])
    await fixture.import(ofCollege('500', parent, { day: 3 }))
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
  })

  test('without them in the source that described them first keeps what the other one gives', async () => {
    await start()
    const report = await fixture.import(oneD({ ...others, day: 2 }), { confirm: [ecole] })
    expect(report.people).toMatchObject({ changed: 2, suspended: 0 })
    expect(await parents()).toEqual(['Noé active guardian@collège 6e A'])
    expect(await fixture.import(oneD({ ...others, day: 2 }))).toMatchObject({ written: 0 })
    expect(await fixture.import(ofCollege('500', parent))).toMatchObject({ written: 0 })
  })

  test('without them in both suspends them, and either brings them back', async () => {
    await start()
    await fixture.import(oneD({ ...others, day: 2 }), { confirm: [ecole] })
    await fixture.import(twoD({ pupils: { 200: [] }, day: 2 }), { confirm: [college] })
    expect(await one.status('500')).toBe('suspended')
    expect((await one.person('500'))?.audiences).toEqual([])
    await fixture.import(ofCollege('500', parent, { day: 3 }))
    expect(await parents()).toEqual(['Noé active guardian@collège 6e A'])
  })

  test('is who they were for a source that describes them again, whoever else is alike by then', async () => {
    const alike = { ...parent, mail: 'noe.legall@example.org' }
    await fixture.import(ofEcole(alike))
    await fixture.import(ofCollege('502', alike))
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
    await fixture.import(twoD({ pupils: { 200: [] }, day: 2 }), { confirm: [college] })
    await fixture.import(oneD({ pupils: { 100: ['500', '501'] }, guardians: { 500: alike, 501: alike }, day: 2 }))
    await fixture.import(ofCollege('502', alike, { day: 3 }))
    expect(await parents()).toEqual([expect.stringContaining(ofBoth), 'Noé active guardian@école CM1'])
  })

  test('may be of three sources', async () => {
    await start()
    const third = Object.entries(twoD({ pupils: { 300: ['500'] }, guardians: { 500: parent } })).map(
      ([name, text]) => [name.replace('TWO', 'THREE'), text.replaceAll(college, '0990003C')] as const,
    )
    await fixture.import(Object.fromEntries(third))
    expect((await one.person('500'))?.roles).toHaveLength(3)
    await fixture.import(oneD({ ...others, day: 2 }), { confirm: [ecole] })
    expect((await one.person('500'))?.sources).toEqual(['aaf:three', second])
  })

  test('takes custody lost in one source, and no other', async () => {
    await start()
    const lost = twoD({ kind: 'Delta', day: 2, pupils: { 200: [] } })
    await fixture.import(lost)
    expect(await parents()).toEqual(['Noé active guardian@école CM1'])
    await fixture.import(twoD({ kind: 'Delta', day: 3, pupils: { 200: ['500'] } }))
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
  })

  test('reads deltas of either source', async () => {
    await start()
    await fixture.import(oneD({ kind: 'Delta', day: 2, pupils: { 101: ['500'] } }))
    await fixture.import(twoD({ kind: 'Delta', day: 2, pupils: { 201: ['500'] } }))
    const person = await one.person('500')
    expect(person?.children).toHaveLength(4)
    expect(await two.person('500')).toBeUndefined()
    expect(await two.guardians('201')).toEqual([person?.id])
    const gone = oneD({ kind: 'Delta', day: 3 })
    await fixture.import({ ...gone, 'ONE_Delta_20260903_Eleve_0000.xml': deleting('100', '101') })
    expect(await parents()).toEqual(['Noé active guardian@collège 6e A 6e A'])
  })

  test.each([
    ['is not in it', []],
    ['is changed by it otherwise', [modify('Eleve', '200', { givenName: 'Léa Zoé' })]],
    [
      'names them in it, too',
      [modify('Eleve', '200', { ENTElevePersRelEleve: '500$1$1$1$1$0', givenName: 'Léa Zoé' })],
    ],
  ])('joins a guardian whom a delta brings, also to a pupil that named them before and %s', async (_, changed) => {
    await fixture.import(ofEcole(parent))
    await fixture.import(twoD({ pupils: { 200: ['500'] } }))
    expect(await parents()).toEqual(['Noé active guardian@école CM1'])
    const report = await fixture.import({
      ...twoD({ kind: 'Delta', day: 2, guardians: { 500: parent } }),
      ...(changed.length > 0 && { 'TWO_Delta_20260902_Eleve_0000.xml': aaf(changed) }),
    })
    expect(joinedIn(report)).toHaveLength(1)
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
    expect(await fixture.import(ofCollege('500', parent, { day: 3 }))).toMatchObject({ people: { suspended: 0 } })
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
  })

  test('is the same in whatever order the sources come', async () => {
    await start()
    const text = async () => (await parents()).map(line => line.split(' ').sort())
    const forward = await text()
    await fixture.empty()
    await fixture.import(ofCollege('500', parent))
    await fixture.import(ofEcole(parent))
    expect(await text()).toEqual(forward)
    expect(await one.person('500')).toBeUndefined()
  })

  test('ends what a source gave whose key is given to somebody else', async () => {
    await start()
    const other = { sn: 'Bihan', givenName: 'Ana' }
    const report = await fixture.import(ofCollege('500', other, { day: 2 }), { confirm: [college] })
    expect(lines(report)).toContainEqual(expect.stringMatching(/^asked .*Noé Le Gall/))
    expect(await parents()).toEqual(['Noé active guardian@école CM1'])
    await fixture.import(ofCollege('500', parent, { day: 3 }))
    expect(await parents()).toEqual([expect.stringContaining(ofBoth)])
  })

  test('joins nobody while their school is held back', async () => {
    await fixture.import(ofEcole(parent))
    await fixture.import(twoD({ pupils: { 200: [], 201: [], 202: [] }, staff: { 900: {} } }))
    const stored = await fixture.everything()
    const report = await fixture.import(ofCollege('500', parent, { day: 2 }))
    expect(report).toMatchObject({ outcome: 'held', written: 0 })
    expect(joinedIn(report)).toEqual([])
    expect(await fixture.everything()).toEqual(stored)
  })
})

const deleting = (...keys: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ficAlimMENESR>\n<!-- versionSDET="6.5" -->\n${keys
    .map(key => remove('Eleve', key))
    .join('')}</ficAlimMENESR>\n`
