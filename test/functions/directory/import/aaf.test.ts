import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { aaf, add, delivery, guardian, named, otherUai, pupil, school, source, teacher, uai } from './aaf-feed.ts'
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

describe('importFeed() of a complete AAF feed', () => {
  test('reads schools, classes, groups, pupils, guardians and staff', async () => {
    const report = await fixture.import({
      ...delivery(4),
      [named('PersEducNat', { part: 1 })]: aaf([
        teacher('901', { ENTPersonFonctions: '1$DIR$DIRECTION$$', ENTAuxEnsClassesMatieres: [] }),
        teacher('902', { ENTPersonFonctions: '1$EDU$EDUCATION$$', ENTAuxEnsClassesMatieres: [] }),
        teacher('903', { ENTPersonFonctions: '1$ADF$ADMINISTRATION$$', ENTAuxEnsClassesMatieres: [] }),
        teacher('904', { ENTAuxEnsClassesPrincipal: '1$6e A', ENTAuxEnsGroupesMatieres: '1$LATIN$020100' }),
      ]),
    })
    expect(report).toMatchObject({ findings: [], people: { added: 11 }, groups: { added: 2 }, schools: { added: 1 } })
    expect(await rolesOf('100')).toEqual([`pupil@${uai}`])
    expect(await rolesOf('500')).toEqual([`guardian@${uai}`])
    expect(await rolesOf('900')).toEqual([`teacher@${uai}`])
    expect(await rolesOf('901')).toEqual([`head@${uai}`])
    expect(await rolesOf('902')).toEqual([`pupil-life@${uai}`])
    expect(await rolesOf('903')).toEqual([`staff@${uai}`])
    const [sixA, latin] = (await personOf('904'))?.groups ?? []
    expect(sixA).toMatchObject({ name: '6e A', kind: 'class', head: true })
    expect(latin).toMatchObject({ name: 'LATIN', kind: 'group' })
    expect((await personOf('500'))?.children).toMatchObject([{ className: '6e A', uai }, { className: '6e A' }])
    expect((await personOf('100'))?.schools).toEqual([{ uai, name: 'Collège des Saules', town: 'Valmont' }])
  })

  test('reads 1D names and classes', async () => {
    await fixture.import({
      [named('EtabEducNat')]: aaf([school()]),
      [named('Eleve')]: aaf([
        add('Eleve', '100', {
          ENTPersonNom: 'Petit',
          ENTPersonPrenom: 'Ali',
          ENTPersonStructRattach: '1',
          ENTPersonClasses: '1$11$ORDINAIRE$4711$CE1 bleu',
          ENTPersonGroupes: '1$40$REGROUPEMENT$4712$Chorale',
        }),
      ]),
    })
    expect(await personOf('100')).toMatchObject({
      familyName: 'Petit',
      givenName: 'Ali',
      groups: [
        { name: 'CE1 bleu', kind: 'class' },
        { name: 'Chorale', kind: 'group' },
      ],
    })
  })

  test('reads 1D staff in several schools with their classes', async () => {
    await fixture.import({
      [named('EtabEducNat')]: aaf([
        school('1', uai, 'E.E.PU$du Lavoir$Valmont'),
        school('2', otherUai, 'E.M.PU$des Prés$Valmont'),
      ]),
      [named('PersEducNat')]: aaf([
        add('PersEducNat', '900', {
          ENTPersonNom: 'Blanc',
          ENTPersonPrenom: 'Anne',
          ENTPersonStructRattach: ['1', '2'],
          ENTPersonFonctions: '1$DIR$DIRECTION$$',
          ENTPersonClasses: ['1$11$ORDINAIRE$4711$CM1', '1$11$ORDINAIRE$4712$CM2', '2$11$ORDINAIRE$4713$GS'],
        }),
      ]),
    })
    expect(await rolesOf('900')).toEqual([`head@${uai}`, `teacher@${uai}`, `teacher@${otherUai}`])
    expect(await personOf('900')).toMatchObject({
      schools: [{ name: 'École élémentaire du Lavoir' }, { name: 'École maternelle des Prés' }],
      groups: [{ name: 'CM1' }, { name: 'CM2' }, { name: 'GS' }],
    })
  })

  test.each([
    ['UTF-8', '<?xml version="1.0" encoding="UTF-8"?>', 'utf8'],
    ['ISO-8859-15', '<?xml version="1.0" encoding="ISO-8859-15"?>', 'iso-8859-15'],
    ['no prolog', '', 'utf8'],
  ])('reads names in %s', async (_, prolog, encoding) => {
    const file = aaf([pupil('100', [], { sn: 'Cœur-Žižek' })], { prolog }).replace('Zoé', 'Zo&#233; &amp; L&#xE9;a')
    await fixture.import({ [named('EtabEducNat')]: aaf([school()]), [named('Eleve')]: iconv.encode(file, encoding) })
    expect(await personOf('100')).toMatchObject({ familyName: 'Cœur-Žižek' })
  })

  test('reads character references', async () => {
    const file = aaf([pupil('100')]).replace('Zoé', 'Zo&#233; &amp; L&#xE9;a')
    await fixture.import({ [named('EtabEducNat')]: aaf([school()]), [named('Eleve')]: file })
    expect(await personOf('100')).toMatchObject({ givenName: 'Zoé & Léa' })
  })

  test('gives a guardian of children in two schools one account with both', async () => {
    await fixture.import({
      [named('EtabEducNat')]: aaf([school(), school('2', otherUai, 'E.E.PU$du Lavoir$Valmont')]),
      [named('Eleve')]: aaf([
        pupil('100', ['500']),
        pupil('101', ['500'], { ENTPersonStructRattach: '2', ENTEleveClasses: '2$CM1' }),
      ]),
      [named('PersRelEleve')]: aaf([guardian('500')]),
    })
    expect(await rolesOf('500')).toEqual([`guardian@${uai}`, `guardian@${otherUai}`])
  })

  test('reads a ZIP archive, and short names, as it reads a folder', async () => {
    const folder = await fixture.feed({ 'x.txt': '' })
    const zip = new ZipFile()
    for (const [name, content] of Object.entries(delivery(4)))
      zip.addBuffer(Buffer.from(content), `2026/${name.replace(/.*_([A-Z]\w+)_0000/, '_$1_')}`)
    zip.end()
    await finished(zip.outputStream.pipe(createWriteStream(join(folder, 'feed.zip'))))
    const report = await fixture.run(join(folder, 'feed.zip'), { source })
    expect(report).toMatchObject({ findings: [], people: { added: 7 } })
    // The day, which short names do not tell, is all that is new.
    expect(await fixture.import(delivery(4), { source })).toMatchObject({ written: 1, people: { unchanged: 7 } })
  })

  test('gives the same whatever the order of its files and records', async () => {
    await fixture.import(delivery(4))
    const turned = Object.fromEntries(
      Object.entries(delivery(4)).map(([name, content]) => {
        const [start = '', ...records] = content.split(/(?=<addRequest>)|(?=<\/ficAlim)/)
        const end = records.pop()
        return [name.replace('_0000', '_0007'), [start, ...records.reverse(), end].join('')]
      }),
    )
    expect(await fixture.import(turned)).toMatchObject({ findings: [], written: 0 })
  })
})
