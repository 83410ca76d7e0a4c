import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aaf, delivery, named, pupil, source } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt, notSuspending } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)

const more = named('Eleve', { part: 1 })
const withMore = (content: string | Buffer) => ({ ...delivery(4), [more]: content })

/** Imports a delivery with one more file of pupils; what is said of that file. */
const importMore = async (content: string | Buffer) => {
  const report = await fixture.import(withMore(content))
  expect(report.people.added + report.people.unchanged).toBeGreaterThanOrEqual(7)
  return lines(report).filter(line => line !== notSuspending)
}

describe('importFeed() of AAF in a wrong encoding', () => {
  const latin = (prolog: string) => iconv.encode(aaf([pupil('198'), pupil('199')], { prolog }), 'iso-8859-1')

  test('refuses a file that declares UTF-8 and is not, before its first record and with the line', async () => {
    const content = latin('<?xml version="1.0" encoding="UTF-8"?>')
    expect(await importMore(content)).toEqual([
      `refused ${more}:9: it does not decode as UTF-8: the whole file is refused`,
    ])
    expect(await look.status('198')).toBeUndefined()
  })

  test('refuses a file that declares ISO-8859-15 and is UTF-8', async () => {
    expect(await importMore(aaf([pupil('199')], { prolog: '<?xml version="1.0" encoding="ISO-8859-15"?>' }))).toEqual([
      `refused ${more}: it declares ISO-8859-15 but holds UTF-8: the whole file is refused`,
    ])
  })

  test.each([
    ['UTF-16LE', iconv.encode('\ufeffSor\ud83ctie', 'utf16le', { addBOM: false })],
    ['UTF-8', Buffer.from('<a>\u00e9 \xed\xa0\xbc</a>', 'latin1')],
  ])('refuses a file of %s that holds half of a surrogate pair', async (encoding, content) => {
    expect(await importMore(content)).toEqual([
      expect.stringContaining(`it does not decode as ${encoding}: the whole file is refused`),
    ])
  })

  test('refuses a record that refers to half of a surrogate pair', async () => {
    const [line] = await importMore(aaf([pupil('199', [], { sn: 'Sortie' })]).replace('Sortie', 'Sortie&#xD83C;'))
    expect(line).toContain('malformed character entity')
    expect(await look.status('199')).toBeUndefined()
  })

  test('refuses an encoding nobody reads', async () => {
    expect(await importMore(aaf([pupil('199')], { prolog: '<?xml version="1.0" encoding="EBCDIC-FR"?>' }))).toEqual([
      `refused ${more}: its declared encoding EBCDIC-FR is not one that is read: the whole file is refused`,
    ])
  })

  test.each([
    ['ISO-8859-1', 'windows-1252', ''],
    ['UTF-16', 'utf16le', '\uFEFF'],
    ['UTF-16', 'utf16-be', '\uFEFF'],
    ['UTF-16', 'utf16le', ''],
    ['UTF-16', 'utf16-be', ''],
  ])('reads %s written as %s with the mark %j', async (declared, encoding, mark) => {
    const prolog = `<?xml version="1.0" encoding="${declared}"?>`
    const text = `${mark}${aaf([pupil('199', [], { sn: 'Lecœur', givenName: 'Noël' })], { prolog })}`
    const report = await fixture.import(withMore(iconv.encode(text, encoding, { addBOM: false })))
    expect(report.findings).toEqual([])
    expect(await look.person('199')).toMatchObject({ familyName: 'Lecœur', givenName: 'Noël' })
  })
})
