import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { aaf, guardian, named, pupil, school, source } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)
const eleve = named('Eleve')

/** A pupil with the legal links 1, 2 and 0, in files whose headers hold these comments. */
const linked = (versions: { readonly all?: string; readonly eleve?: string; readonly etab?: string }) => {
  const file = (records: string[], version = versions.all ?? '') =>
    version === '' ? aaf(records).replace(/<!--.*-->/, '') : aaf(records, { version })
  const relations = { ENTElevePersRelEleve: ['500$1$1$1$1$0', '501$8$0$2$1$0', '502$3$0$0$1$0'] }
  return {
    [named('EtabEducNat')]: file([school()], versions.etab ?? versions.all),
    [eleve]: file([pupil('100', [], relations)], versions.eleve ?? versions.all),
    [named('PersRelEleve')]: file(['500', '501', '502'].map(key => guardian(key))),
    [named('PersEducNat')]: file([]),
  }
}

const guardiansOf = async (files: Record<string, string>) => {
  const report = await fixture.import(files)
  const guardians = await look.guardians('100')
  return { keys: ['500', '501', '502'].filter(key => guardians?.includes(personId(source, key))), report }
}

const unsure =
  'its file states no version that can be read, so that persons with the legal link 2, here and below, count as no guardians'

describe('importFeed() of AAF, by the version in the header of its files', () => {
  test.each([
    ['versionAF="AAF-VE1310"'],
    ["versionAF = 'AAF-VE1301'"],
    ['versionSDET="4.2"'],
    ['versionSDET="Annexe 4bis version 4.2"'],
    ['versionAF="AAF-VE1310" --><!-- versionSDET="Annexe 4 version 4.2"'],
  ])('with %s takes the links 1 and 2 as legal guardians', async version => {
    const { keys, report } = await guardiansOf(linked({ all: version }))
    expect(keys).toEqual(['500', '501'])
    expect(report.findings).toEqual([])
  })

  test.each([
    ['versionAF="AAF-VE1401"'],
    ['versionAF="AAF-VE2407"'],
    ['versionSDET="Annexe 4bis version 6.4"'],
    ['versionSDET="Annexe 1 version 6.3"'],
    ['versionSDET="6.4"'],
    ['versionSDET="5.1"'],
    ['versionAF="AAF-VE1310" --><!-- versionSDET="Annexe 1 version 6.3"'],
    ['versionSDET="Annexe 1 version 4.2" --><!-- versionAF="AAF-VE2407"'],
  ])('with %s takes the link 1 alone', async version => {
    const { keys, report } = await guardiansOf(linked({ all: version }))
    expect(keys).toEqual(['500'])
    expect(report.findings).toEqual([])
  })

  test.each([
    [''],
    ['made on 1 September'],
    ['versionSDET="Annexe 4bis"'],
    ['versionSDET="4.2 (Annexe 4)"'],
    ['versionAF="AAF-VE"'],
    ['versionAF="AAF-VE1310" --><!-- versionSDET="draft"'],
  ])('with %j takes the link 1 alone, and says once why', async version => {
    const { keys, report } = await guardiansOf(linked({ all: version }))
    expect(keys).toEqual(['500'])
    expect(lines(report)).toEqual([`left-out ${eleve}:5 100: ${unsure}`])
  })

  test('lets files that say nothing have the version of those delivered with them', async () => {
    expect((await guardiansOf(linked({ etab: 'versionAF="AAF-VE1310"' }))).keys).toEqual(['500', '501'])
  })

  test('lets each file have its own version', async () => {
    const old = 'versionAF="AAF-VE1310"'
    expect((await guardiansOf(linked({ all: old, eleve: 'versionSDET="6.5"' }))).keys).toEqual(['500'])
    expect((await guardiansOf(linked({ all: 'versionSDET="6.5"', eleve: old }))).keys).toEqual(['500', '501'])
  })

  test('says which legal link cannot be read, and gives nothing by it', async () => {
    const report = await fixture.import({
      ...linked({ all: 'versionAF="AAF-VE1310"' }),
      [eleve]: aaf([pupil('100', [], { ENTElevePersRelEleve: ['500$1$1$1$1$0', '501$8$0$O$1$0', '502$3$0$0$1$0'] })]),
    })
    expect(lines(report)).toEqual([
      `left-out ${eleve}:5 100: its legal link to 501 is "O", not 0, 1 or 2: 501 is no guardian by it`,
    ])
    expect(await look.guardians('100')).toEqual([personId(source, '500')])
  })

  test('gives nothing to a person who is listed twice, once without custody', async () => {
    await fixture.import({
      ...linked({ all: 'versionSDET="6.5"' }),
      [eleve]: aaf([pupil('100', [], { ENTElevePersRelEleve: ['500$1$1$1$1$0', '501$1$1$1$1$0', '501$8$0$2$1$0'] })]),
    })
    expect(await look.guardians('100')).toEqual([personId(source, '500')])
  })

  test('takes parental authority where there are no links, with the kinship or without', async () => {
    const authority = { ENTElevePersRelEleve: '', ENTEleveParents: ['500', '501', '502'] }
    await fixture.import({
      ...linked({ all: 'versionSDET="6.5"' }),
      [eleve]: aaf([
        pupil('100', [], { ...authority, ENTEleveAutoriteParentale: ['500', '501$20'] }),
        pupil('101', ['502'], { ENTEleveAutoriteParentale: ['500'] }),
      ]),
    })
    expect(await look.guardians('100')).toEqual(['500', '501'].map(key => personId(source, key)).sort())
    expect(await look.guardians('101')).toEqual([personId(source, '502')])
  })
})
