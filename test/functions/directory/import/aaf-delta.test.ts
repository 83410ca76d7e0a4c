import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { aaf, add, delivery, modify, named, otherUai, pupil, remove, source, teacher, uai } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const personOf = async (key: string) =>
  (await fixture.everything()).get(`P#${personId(source, key)}|PERSON`) as PersonItem | undefined
const rolesOf = async (key: string) => (await personOf(key))?.roles.map(({ role, uai: at }) => `${role}@${at}`)
const reasons = (report: { findings: readonly { reason: string }[] }) => report.findings.map(one => one.reason)

describe('importFeed() of a delta AAF feed', () => {
  const delta = (files: Record<string, string[]>) =>
    fixture.import(
      Object.fromEntries(
        Object.entries(files).map(([category, records]) => [named(category, { kind: 'Delta', day: 2 }), aaf(records)]),
      ),
    )

  test('does only what it says', async () => {
    await fixture.import(delivery(4))
    const report = await delta({
      Eleve: [
        modify('Eleve', '100', { givenName: 'Lou', ENTEleveClasses: '1$6e B' }),
        remove('Eleve', '103'),
        pupil('104', ['500']),
      ],
    })
    expect(report).toMatchObject({
      findings: [],
      deliveries: [{ mode: 'delta' }],
      people: { added: 1, changed: 3, suspended: 1 },
    })
    expect(await personOf('100')).toMatchObject({
      givenName: 'Lou',
      familyName: 'Élève 100',
      groups: [{ name: '6e B' }],
    })
    expect((await personOf('100'))?.guardians).toEqual([personId(source, '500')])
    expect(await personOf('103')).toMatchObject({ status: 'suspended', audiences: [] })
    expect((await personOf('500'))?.children).toHaveLength(3)
    expect((await personOf('501'))?.children).toHaveLength(1)
  })

  test('of guardians, staff and schools does what it says, and takes no school away', async () => {
    await fixture.import(delivery(4))
    const report = await delta({
      EtabEducNat: [
        modify('EtabEducNat', '1', { ENTStructureNomCourant: 'CLG$des Aulnes$Valmont' }),
        add('EtabEducNat', '2', { ENTStructureUAI: otherUai, ENTStructureNomCourant: 'Lavoir' }),
        remove('EtabEducNat', '1'),
      ],
      PersRelEleve: [modify('PersRelEleve', '500', { sn: 'Martin' }), remove('PersRelEleve', '501')],
      PersEducNat: [
        modify('PersEducNat', '900', { ENTPersonFonctions: '2$DIR$DIRECTION$$', ENTAuxEnsClassesMatieres: '' }),
        teacher('901', { ENTPersonStructRattach: '2', ENTAuxEnsClassesMatieres: '2$CP$061300' }),
      ],
    })
    expect(report.findings).toMatchObject([
      { kind: 'left-out', id: '1', reason: 'a school is not taken away by a feed' },
    ])
    expect(await rolesOf('900')).toEqual([`staff@${uai}`, `head@${otherUai}`])
    expect(await personOf('500')).toMatchObject({ familyName: 'Martin', schools: [{ name: 'Collège des Aulnes' }] })
    expect(await personOf('501')).toMatchObject({ status: 'suspended' })
    expect((await personOf('901'))?.groups).toMatchObject([{ name: 'CP', uai: otherUai }])
  })

  test('is read after a complete one in the same folder, day by day', async () => {
    const files = {
      ...delivery(4),
      [named('Eleve', { kind: 'Delta', day: 3 })]: aaf([modify('Eleve', '100', { givenName: 'Lou' })]),
      [named('Eleve', { kind: 'Delta', day: 2 })]: aaf([modify('Eleve', '100', { givenName: 'Max' }), pupil('110')]),
    }
    const report = await fixture.import(files)
    expect(report).toMatchObject({ findings: [], deliveries: [{ mode: 'complete' }], people: { added: 8 } })
    expect(await personOf('100')).toMatchObject({ givenName: 'Lou' })
    const older = await fixture.import(
      { ...delivery(4), [named('Eleve', { kind: 'Delta', day: 1 })]: aaf([pupil('111')]) },
      { outOfOrder: true },
    )
    expect(reasons(older)).toEqual(['the complete delivery of 20260901 replaces it: it is not read'])
    expect(await personOf('111')).toBeUndefined()
  })

  test('clears what an empty value stands for', async () => {
    await fixture.import(delivery(2))
    await delta({ Eleve: [modify('Eleve', '100', { ENTElevePersRelEleve: '' })] })
    expect(await personOf('100')).toMatchObject({ guardians: [], groups: [{ name: '6e A' }] })
    expect((await personOf('500'))?.children).toHaveLength(1)
  })

  test('reports a change of somebody unknown and invents nobody', async () => {
    await fixture.import(delivery(2))
    const report = await delta({ Eleve: [modify('Eleve', '777', { givenName: 'Lou' }), remove('Eleve', '778')] })
    expect(report.findings).toMatchObject([{ id: '777', line: 5 }, { id: '778' }])
    expect(reasons(report)[0]).toMatch(/nobody is known by its key/)
    expect(report.written).toBe(0)
    expect(await personOf('777')).toBeUndefined()
  })
})

describe('importFeed() of AAF whose identifiers are not the keys of people', () => {
  const delta = (records: string[], day = 2) =>
    fixture.import({ [named('Eleve', { kind: 'Delta', day })]: aaf(records) })
  const identified = (identifier: string, key: string, guardians: readonly string[] = []) =>
    pupil(key, guardians).replace(`<id>${key}</id>`, `<id>${identifier}</id>`)
  const more = named('Eleve', { part: 1 })
  const noted = async () => [...(await fixture.everything()).keys()].filter(key => key.includes('|ID#'))

  test('changes and takes away whom the identifier stands for, and names them by their key', async () => {
    const files = { ...delivery(8), [more]: aaf([identified('748220', '150', ['500'])]) }
    await fixture.import(files)
    expect(await fixture.import(files)).toMatchObject({ written: 0 })
    const report = await delta([
      modify('Eleve', '748220', { ENTEleveClasses: '1$6e B', ENTEleveGroupes: '9$LATIN' }),
      modify('Eleve', '101', { ENTEleveClasses: '1$6e B' }),
    ])
    expect(report.findings).toMatchObject([{ kind: 'left-out', id: '150' }])
    expect((await personOf('150'))?.groups).toMatchObject([{ name: '6e B' }])
    expect(await delta([remove('Eleve', '748220')], 3)).toMatchObject({ findings: [], people: { suspended: 1 } })
    expect(await personOf('150')).toMatchObject({ status: 'suspended' })
    expect((await personOf('500'))?.children).toHaveLength(2)
  })

  test('takes an identifier for a pupil only where a pupil has it', async () => {
    await fixture.import({ ...delivery(8), [more]: aaf([identified('900', '150')]) })
    await fixture.import({
      [named('PersEducNat', { kind: 'Delta', day: 2 })]: aaf([modify('PersEducNat', '900', { sn: 'Martin' })]),
    })
    expect(await personOf('900')).toMatchObject({ familyName: 'Martin' })
    expect(await personOf('150')).toMatchObject({ familyName: 'Élève 150' })
  })

  test('leaves whom it stands for as they are where the record cannot be read', async () => {
    await fixture.import({ ...delivery(8), [more]: aaf([identified('748220', '150')]) })
    const broken = aaf([identified('748220', '150')]).replace('Zoé', 'Zoé & ')
    const report = await fixture.import({ ...delivery(8), [more]: broken })
    expect(report).toMatchObject({ findings: [{ kind: 'refused', id: '748220' }], people: { suspended: 0 } })
    expect(await personOf('150')).toMatchObject({ status: 'active' })
  })

  test('forgets an identifier that a complete delivery states no more', async () => {
    await fixture.import({ ...delivery(8), [more]: aaf([identified('748220', '150'), identified('748221', '151')]) })
    expect(await noted()).toHaveLength(2)
    await fixture.import({ ...delivery(8), [more]: aaf([pupil('150'), identified('748221', '151')]) })
    expect(await noted()).toEqual([`D#${source}|ID#pupil#748221`])
  })
})
