import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aaf, add, delivery, modify, named, otherUai, pupil, school, source, teacher, uai } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)
const file = named('PersEducNat')

const importing = (...staff: string[]) => fixture.import({ ...delivery(2), [file]: aaf(staff) })

/** A person who has no class and, of category and presence before pupils, what is given. */
const person = (key: string, functions: string | string[], category = '', presence = '') =>
  teacher(key, {
    ENTPersonFonctions: functions,
    ENTAuxEnsClassesMatieres: '',
    ...(category && { ENTPersonCategorieEnseignant: category }),
    ...(presence && { PersEducNatPresenceDevantEleves: presence }),
  })

describe('importFeed() of AAF staff', () => {
  test.each([
    ['PSY', 'N', 'N', ['staff']],
    ['ADF', 'N', 'N', ['staff']],
    ['ADF', 'x', '', ['staff']],
    ['AED', 'N', 'N', ['pupil-life']],
    ['AED', 'N', 'O', ['pupil-life']],
    ['EDU', 'N', 'N', ['pupil-life']],
    ['SUR', '', '', ['pupil-life']],
    ['DIR', 'N', 'N', ['head']],
    ['ENS', 'O', 'O', ['teacher']],
    ['ENS', 'N', 'N', ['teacher']],
    ['DOC', '', '', ['teacher']],
    ['-', 'O', 'N', ['teacher']],
    ['-', 'N', 'O', ['teacher']],
    ['-', '', '', ['staff']],
  ])('takes function %s, category %j, presence %j as %s', async (code, category, presence, roles) => {
    await importing(person('901', `1$${code}$x$y$z`, category, presence))
    expect(await look.roles('901')).toEqual(roles.map(role => `${role}@${uai}`))
  })

  test('is a teacher by category in the school that is taught in, and not where another function is held', async () => {
    await fixture.import({
      ...delivery(2),
      [named('EtabEducNat')]: aaf([school(), school('2', otherUai, 'CLG$du Lac$Valmont')]),
      [file]: aaf([person('901', ['1$ENS$x$y$z', '2$ADF$x$y$z'], 'O', 'O')]),
    })
    expect(await look.roles('901')).toEqual([`teacher@${uai}`, `staff@${otherUai}`])
  })

  test('has no classes by what a psychologist or assistant looks after', async () => {
    const report = await importing(
      teacher('901', { ENTPersonFonctions: '1$PSY$x$y$z', ENTPersonCategorieEnseignant: 'N' }),
      teacher('902', { ENTPersonFonctions: '1$ENS$x$y$z', ENTPersonCategorieEnseignant: 'N' }),
    )
    expect([await look.roles('901'), await look.groups('901')]).toEqual([[`staff@${uai}`], []])
    expect([await look.roles('902'), await look.groups('902')]).toEqual([[`teacher@${uai}`], ['6e A']])
    expect(lines(report)).toEqual([
      `left-out ${file}:5 901: by category and function it is no teacher: its classes are left out`,
    ])
  })

  test.each([
    ['a function that ends in DIRECTION', { ENTPersonFonctions: '1$ENS$ENSEIGNEMENT$D0000$DIRECTION' }],
    ['ENTEnsFonctionDir', { ENTPersonFonctions: '1$ENS$ENSEIGNEMENT$G0000$X', ENTEnsFonctionDir: '1' }],
  ])('is the head of an école by %s, until a delta says otherwise', async (_, values) => {
    await importing(teacher('901', values), teacher('902', { ENTEnsFonctionDir: '' }))
    expect(await look.roles('901')).toEqual([`head@${uai}`, `teacher@${uai}`])
    expect(await look.roles('902')).toEqual([`teacher@${uai}`])
    const ends = {
      ENTPersonFonctions: '1$ENS$ENSEIGNEMENT$G0000$X',
      ...('ENTEnsFonctionDir' in values && { ENTEnsFonctionDir: '' }),
    }
    await fixture.import({
      [named('PersEducNat', { kind: 'Delta', day: 2 })]: aaf([
        modify('PersEducNat', '901', ends),
        modify('PersEducNat', '902', { ENTEnsFonctionDir: '1' }),
      ]),
    })
    expect(await look.roles('901')).toEqual([`teacher@${uai}`])
    expect(await look.roles('902')).toEqual([`head@${uai}`, `teacher@${uai}`])
  })

  test('keeps the head of an école while a delta changes functions alone', async () => {
    await importing(teacher('901', { ENTEnsFonctionDir: '1' }))
    await fixture.import({
      [named('PersEducNat', { kind: 'Delta', day: 2 })]: aaf([
        modify('PersEducNat', '901', { ENTPersonFonctions: '1$ENS$ENSEIGNEMENT$G0001$Y' }),
      ]),
    })
    expect(await look.roles('901')).toEqual([`head@${uai}`, `teacher@${uai}`])
  })

  test('reads ENTAuxEnsClasses for schools of which ENTAuxEnsClassesMatieres says nothing', async () => {
    await importing(
      teacher('901', {
        ENTPersonStructRattach: '',
        ENTPersonFonctions: '77$ENS$E$L$M',
        ENTAuxEnsClassesMatieres: '77$1S2$0066',
        ENTAuxEnsClasses: '1$6e A',
      }),
      teacher('902', { ENTAuxEnsClasses: '1$5e B' }),
    )
    expect([await look.roles('901'), await look.groups('901')]).toEqual([[`teacher@${uai}`], ['6e A']])
    expect(await look.groups('902')).toEqual(['6e A'])
  })

  test('described twice, with other posts and classes, has all of them', async () => {
    const more = named('PersEducNat', { part: 1 })
    const report = await fixture.import({
      ...delivery(2),
      [more]: aaf([
        teacher('900', { ENTPersonFonctions: '1$DIR$x$y$z', ENTAuxEnsClassesMatieres: '1$6e B$061300' }),
        teacher('900', { sn: 'Autre' }),
      ]),
    })
    expect(await look.roles('900')).toEqual([`head@${uai}`, `teacher@${uai}`])
    expect(await look.groups('900')).toEqual(['6e A', '6e B'])
    expect(lines(report)).toEqual([
      `deviation ${more}:5 900: it stands in ${file}, line 5 already, with other posts or classes: both are imported`,
      `refused ${more}:15 900: another record of staff has its key (${file}, line 5): the first one is imported`,
    ])
  })
})

describe('importFeed() of AAF structures that teach nobody', () => {
  const structure = (key: string, type: string, name = 'X$de Valmont$Valmont') =>
    add('EtabEducNat', key, {
      ENTStructureUAI: otherUai,
      ENTStructureNomCourant: name,
      ...(type && { ENTStructureTypeStruct: type }),
    })

  test.each([
    ['INSPECTIONS ACADEMIQUES'],
    ['RECTORAT'],
    ['CENTRE MEDICO-SCOLAIRE'],
    ["CENTRE D'INFORMATION ET D'ORIENTATION"],
    ['C.I.O'],
  ])('takes %s as no school, nor its staff as anybody', async type => {
    const report = await fixture.import({
      ...delivery(2),
      [named('EtabEducNat')]: aaf([school(), structure('2', type)]),
      [file]: aaf([person('901', ['1$PSY$x$y$z', '2$PSY$x$y$z'], 'N', 'N')]),
    })
    expect(lines(report)).toEqual([
      expect.stringMatching(/^left-out \S+ 2: .* is no school: nobody is taught there/),
      expect.stringMatching(/^left-out \S+ 901: a post of a school the feed does not describe: 2$/),
    ])
    expect(report.schools.added).toBe(1)
    expect(await look.roles('901')).toEqual([`staff@${uai}`])
  })

  test.each([['COLLEGE'], ['ECOLE DE NIVEAU ELEMENTAIRE'], ['INSTITUT MEDICO-EDUCATIF'], ['']])(
    'takes %j as a school',
    async type => {
      const files = { ...delivery(2), [named('EtabEducNat')]: aaf([school(), structure('2', type)]) }
      const report = await fixture.import({ ...files, [named('Eleve', { part: 1 })]: aaf([pupil('199')]) })
      expect(report).toMatchObject({ findings: [], schools: { added: 2 } })
    },
  )
})

describe('importFeed() of AAF with the entities of HTML', () => {
  test('reads them, and refuses those that are none', async () => {
    const more = named('Eleve', { part: 1 })
    const report = await fixture.import({
      ...delivery(2),
      [more]: aaf([pupil('198'), pupil('199')])
        .replace('Zoé', 'L&eacute;na&nbsp;B &amp;amp; C')
        .replace('Zoé', 'A&constructor;'),
    })
    expect((await look.person('198'))?.givenName).toBe('Léna B &amp; C')
    expect(lines(report)).toEqual([
      expect.stringMatching(/^refused \S+ 199: the record is not well formed: undefined entity/),
    ])
  })
})
