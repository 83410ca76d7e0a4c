import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import {
  aaf,
  add,
  delivery,
  guardian,
  modify,
  named,
  otherUai,
  pupil,
  school,
  source,
  teacher,
  uai,
} from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt, notSuspending } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)

const eleve = named('Eleve')
const more = named('Eleve', { part: 1 })
const withMore = (content: string | Buffer) => ({ ...delivery(4), [more]: content })

/** Imports a delivery with one more file of pupils; what is said of that file. */
const importMore = async (content: string | Buffer) => {
  const report = await fixture.import(withMore(content))
  expect(report.people.added + report.people.unchanged).toBeGreaterThanOrEqual(7)
  return lines(report).filter(line => line !== notSuspending)
}

describe('importFeed() of AAF that is not well formed', () => {
  test('refuses a record that is not closed, and reads the others', async () => {
    const broken = pupil('198').replace('</addRequest>', '')
    expect(await importMore(aaf([pupil('197'), broken, pupil('199')]))).toEqual([
      `refused ${more}:15 198: the record is not closed`,
    ])
    expect([await look.status('197'), await look.status('198'), await look.status('199')]).toEqual([
      ...['active', undefined, 'active'],
    ])
  })

  test.each([
    ['an element that is not closed', (record: string) => record.replace('</attributes>', '')],
    ['an entity nobody defines', (record: string) => record.replace('Zoé', '&prenom;')],
    ['a DTD', (record: string) => record.replace('<identifier>', '<!DOCTYPE x [<!ENTITY a "b">]><identifier>')],
    ['a sign that stands for itself', (record: string) => record.replace('Zoé', 'Zoé & <')],
  ])('refuses a record with %s, and keeps who it is about as they were', async (_, broken) => {
    await fixture.import(delivery(4))
    const before = await look.person('103')
    const files = delivery(4)
    const report = await fixture.import(
      {
        ...files,
        [eleve]: files[eleve]?.replace(/<addRequest>(?:(?!<addRequest>).)*Élève 103.*?<\/addRequest>/s, broken) ?? '',
      },
      { confirm: [uai] },
    )
    expect(lines(report)).toEqual([expect.stringMatching(/Eleve_0000.xml:\d+ 103: the record is not well formed: /)])
    expect(report).toMatchObject({ written: 0, people: { suspended: 0 } })
    expect(await look.person('103')).toEqual(before)
  })

  test('of a file cut off reads what is whole, and suspends nobody for what is not', async () => {
    await fixture.import(delivery(40))
    const files = delivery(40)
    const whole = files[eleve] ?? ''
    const report = await fixture.import(
      { ...files, [eleve]: whole.slice(0, whole.indexOf('Élève 130')) },
      { confirm: [uai] },
    )
    expect(lines(report)).toEqual([
      expect.stringMatching(`refused ${eleve}:\\d+ 130: the file ends within the record`),
      expect.stringMatching(`refused ${eleve}:\\d+: the file ends before ficAlimMENESR is closed: what it lacks`),
      notSuspending,
    ])
    expect(report).toMatchObject({ written: 0, people: { suspended: 0 } })
    expect(await look.person('519')).toMatchObject({ children: [{}, {}] })
    expect(await look.status('139')).toBe('active')
  })

  test.each([
    ['', 'it is not an AAF file: no ficAlimMENESR in it'],
    ['<autre/>', 'it is not an AAF file: no ficAlimMENESR in it'],
    [pupil('199'), 'it is not an AAF file: its records are not within ficAlimMENESR'],
  ])('refuses a file that is %j', async (content, reason) => {
    expect(await importMore(content)).toEqual([`refused ${more}: ${reason}`])
    expect(await look.status('199')).toBeUndefined()
  })

  test('does not read what follows the end', async () => {
    expect(await importMore(aaf([pupil('198')]) + aaf([pupil('199')]))).toEqual([
      `refused ${more}:17: the file goes on after ficAlimMENESR is closed: what follows is not read`,
    ])
    expect([await look.status('198'), await look.status('199')]).toEqual(['active', undefined])
  })

  test('reads a file without records', async () => {
    expect((await fixture.import(withMore(aaf([])))).findings).toEqual([])
    expect((await fixture.import(withMore('<ficAlimMENESR/>'))).findings).toEqual([])
  })
})

describe('importFeed() of AAF with a DTD of its own', () => {
  const bomb = `<!DOCTYPE ficAlimMENESR [
<!ENTITY a "aaaaaaaaaa">
${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('\n')}
]>`

  const withDtd = (dtd: string, given: string) =>
    aaf([pupil('199')])
      .replace(/<!DOCTYPE.*>/, dtd)
      .replace('Zoé', given)

  test('refuses a bomb of entities', async () => {
    expect(await importMore(withDtd(bomb, '&j;'))).toEqual([
      `refused ${more}: it brings a DTD of its own (entities): the whole file is refused`,
    ])
  })

  test('fetches nothing, from the network or from a file', async () => {
    let asked = 0
    const server = createServer((_, reply) => {
      asked++
      reply.end('<!ENTITY e "x">')
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.dtd`
    try {
      for (const place of [address, 'file:///etc/hostname'])
        for (const dtd of [`<!ENTITY e SYSTEM "${place}">`, `<!ENTITY % p SYSTEM "${place}"> %p;`])
          expect(await importMore(withDtd(`<!DOCTYPE ficAlimMENESR [${dtd}]>`, '&e;'))).toEqual([
            `refused ${more}: it brings a DTD of its own (entities): the whole file is refused`,
          ])
      // A DTD that is merely named is usual: it is not fetched, and its entities are not known.
      const named = await fixture.import(withMore(withDtd(`<!DOCTYPE ficAlimMENESR SYSTEM "${address}">`, '&e;')))
      expect(lines(named)).toEqual([expect.stringMatching(/ 199: the record is not well formed: undefined entity/)])
    } finally {
      await new Promise(resolve => server.close(resolve))
    }
    expect(asked).toBe(0)
  })
})

describe('importFeed() of AAF that contradicts itself', () => {
  test('reports each record that cannot be used, and imports the rest', async () => {
    const report = await fixture.import({
      ...delivery(4),
      [named('EtabEducNat')]: aaf([school(), school('1', otherUai), school('3', '0990001A'), school('4', 'not a UAI')]),
      [more]: aaf([
        pupil('100', [], { sn: 'Autre' }),
        pupil('101', ['500']),
        pupil('110', [], { ENTEleveClasses: '9$6e B' }),
        pupil('111', [], { ENTPersonStructRattach: '9' }),
        pupil('112', [], { ENTEleveGroupes: ['9$LATIN', '1$GREC'] }),
        pupil('113', ['599']),
        pupil('114', [], { sn: '', givenName: '' }),
        pupil('115', [], { ENTPersonStructRattach: '', ENTEleveClasses: '' }),
        add('Autre', '116', {}),
        pupil('', []).replace('<value></value>', '<value>x</value>'),
        modify('Eleve', '117', { givenName: 'Lou' }),
      ]),
      [named('PersRelEleve', { part: 1 })]: aaf([guardian('510')]),
      [named('PersEducNat', { part: 1 })]: aaf([
        teacher('100', { sn: 'Homonyme' }),
        teacher('901', { ENTAuxEnsClassesMatieres: ['9$6e A$061300', '1$6e A$061300'] }),
      ]),
    })
    const at = (category: string, part = 0) => named(category, { part })
    expect(lines(report).map(line => line.replace(/:\d+/, ''))).toEqual([
      `refused ${at('EtabEducNat')} 1: another school has its key (${at('EtabEducNat')}, line 5): the first one is imported`,
      `refused ${at('EtabEducNat')} 3: its UAI 0990001A is that of the school 1 already`,
      `refused ${at('EtabEducNat')} 4: its UAI "NOT A UAI" is not one`,
      `left-out ${more} 110: a class of a school the feed does not describe: 9`,
      `left-out ${more} 111: a pupil of a school the feed does not describe: 9`,
      `left-out ${more} 112: a group of a school the feed does not describe: 9`,
      `refused ${more} 116: its category "Autre" is not known`,
      `refused ${more}: the record has no identifier`,
      `left-out ${at('PersEducNat', 1)} 901: a class of a school the feed does not describe: 9`,
      `refused ${more} 100: another record of a pupil has its key (${eleve}, line 5): the first one is imported`,
      `deviation ${more} 101: it stands in ${eleve}, line 15 already, word for word`,
      `refused ${more} 114: it has no name`,
      `left-out ${more} 115: it is in no school that the feed describes: it is kept without access`,
      `refused ${more} 117: nobody is known by its key: there is nothing to change or to take away`,
      `refused ${at('PersEducNat', 1)} 100: another record of staff has its key (${eleve}, line 5): the first one is imported`,
      `left-out ${more} 113: it names a guardian who is not in the feed: the pupil is imported without`,
      `left-out ${at('PersRelEleve', 1)} 510: a guardian of nobody: no pupil names them. They are kept without access until one does`,
      notSuspending,
    ])
    expect(report.people.added).toBe(12)
    expect(await look.person('100')).toMatchObject({ familyName: 'Élève 100', roles: [{ role: 'pupil' }] })
    expect(await look.groups('112')).toEqual(['6e A', 'GREC'])
    expect(await look.roles('110')).toEqual([`pupil@${uai}`])
    expect(await look.groups('110')).toEqual([])
    expect(await look.groups('111')).toEqual(['6e A'])
    for (const key of ['114', '115', '116', '117', '510']) expect(await look.person(key)).toBeUndefined()
    const refused = [...(await fixture.everything()).keys()].filter(key => key.includes(personId(source, '114')))
    expect(refused).toEqual([])
  })

  test('suspends nobody where a category or a part of one is missing', async () => {
    await fixture.import({
      ...delivery(40),
      [more]: aaf([pupil('180')]),
      [named('Eleve', { part: 2 })]: aaf([pupil('181')]),
    })
    const { [named('PersEducNat')]: _, ...files } = delivery(40)
    const report = await fixture.import(
      { ...files, [named('Eleve', { part: 2 })]: aaf([pupil('181')]) },
      { confirm: [uai] },
    )
    expect(lines(report)).toEqual([
      'left-out : the complete delivery has no file of PersEducNat',
      'left-out : Eleve lacks 1 of its parts, the first is 0001',
      notSuspending,
    ])
    expect(report).toMatchObject({ written: 0, people: { suspended: 0 } })
    expect([await look.status('180'), await look.status('900')]).toEqual(['active', 'active'])
  })
})
