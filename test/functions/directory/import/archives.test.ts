import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { highestRatio } from '../../../../functions/directory/import/feed/archive.ts'
import { ImportRefused } from '../../../../functions/directory/import/feed/finding.ts'
import { aaf, delivery, named, pupil, source, uai } from './aaf-feed.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt, notSuspending } from './look.ts'
import { bulk } from './oneroster-feed.ts'
import { damaged, lying, overlaid, renamed, zipOf } from './zip.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)

const part = named('Eleve', { part: 1 })

/** Imports an archive as the feed it is. */
const importZip = async (zip: Buffer) => fixture.run(join(await fixture.feed({ 'feed.zip': zip }), 'feed.zip'))

/** Imports a delivery with one more pupil in an archive beside it. */
const beside = async (zip: Buffer) => {
  const report = await fixture.import({ ...delivery(4), 'more.zip': zip }, { confirm: [uai] })
  expect(report.people).toMatchObject({ added: 7 })
  return lines(report).filter(line => line !== notSuspending)
}

describe('importFeed() of an archive', () => {
  test('reads OneRoster from it', async () => {
    expect(await importZip(await zipOf(bulk()))).toMatchObject({ findings: [], people: { added: 4 } })
  })

  test.each([
    ['a name that leads out', '../'],
    ['an absolute name', '/x/'],
    ['a name of another system', 'C:\\'],
  ])('does not read a file with %s', async (_, way) => {
    const zip = renamed(await zipOf({ ...delivery(4), [`xxx${part}`]: aaf([pupil('199')]) }), `xxx${part}`, way + part)
    expect(lines(await importZip(zip))).toEqual([
      `refused ${way.replace('\\', '/')}${part}: its name leads out of the archive: it is not read`,
      notSuspending,
    ])
    expect([await look.status('100'), await look.status('199')]).toEqual(['active', undefined])
  })

  test('does not follow a symbolic link', async () => {
    const zip = await zipOf({ ...delivery(4), [part]: { content: '/etc/hostname', mode: 0o120777 } })
    expect(lines(await importZip(zip))).toEqual([
      `refused ${part}: it is a symbolic link: it is not followed`,
      notSuspending,
    ])
  })

  test('does not read a file that grows more than any feed', async () => {
    const zip = await zipOf({ ...delivery(4), [part]: aaf([pupil('199')]).padEnd(8_000_000, ' ') })
    const [line = '', ...rest] = lines(await importZip(zip))
    expect(line).toMatch(
      new RegExp(`^refused ${part}: it would grow \\d{3,4} times when unpacked \\(at most ${highestRatio}\\)`),
    )
    expect(rest).toEqual([notSuspending])
    expect([await look.status('100'), await look.status('199')]).toEqual(['active', undefined])
  })

  test('refuses one whose many small files grow more than any feed', async () => {
    const small = ' '.repeat(1024 * 1024)
    const files = Array.from({ length: 36 }, (_, place) => [named('Eleve', { part: place }), small])
    await expect(importZip(await zipOf(Object.fromEntries(files)))).rejects.toThrow(
      /feed.zip: its files would grow \d+ times when unpacked .*: it is a ZIP bomb$/,
    )
  })

  test('refuses one whose files are laid over one another', async () => {
    await expect(importZip(overlaid(await zipOf(delivery(4)), 50))).rejects.toThrow(
      /it holds files laid over one another: it is a ZIP bomb$/,
    )
  })

  test.each([
    ['smaller', (size: number) => size >> 1, /it cannot be read: too many bytes in the stream/],
    ['larger', (size: number) => size * 2, /it cannot be read: not enough bytes in the stream/],
  ])('refuses files that say they are %s than they are, before their first record', async (_, size, reason) => {
    const report = await importZip(lying(await zipOf(delivery(4)), size))
    expect(lines(report).filter(line => reason.test(line))).toHaveLength(4)
    expect(report.written).toBe(0)
  })

  test('refuses files that are damaged, of AAF and of OneRoster', async () => {
    for (const files of [delivery(4), bulk()]) {
      const { 'manifest.csv': _, ...others } = files as Record<string, string>
      const report = await fixture.import({ 'feed.zip': damaged(await zipOf(others)) })
      const refused = lines(report).filter(line => line.endsWith('its checksum is another than the archive states'))
      expect(refused).toHaveLength(4)
      expect(report.written).toBe(0)
    }
  })

  test('says that a file that is none is none', async () => {
    await expect(importZip(Buffer.from('not a ZIP'))).rejects.toThrow(
      /feed.zip: it is not a ZIP archive that can be read/,
    )
    const whole = await zipOf(delivery(4))
    await expect(importZip(whole.subarray(0, whole.length - 300))).rejects.toThrow(/not a ZIP archive/)
  })
})

describe('importFeed() of a folder with an archive', () => {
  test('that cannot be read reports it and reads the others', async () => {
    expect(await beside(Buffer.from('not a ZIP'))).toEqual([
      expect.stringMatching(/^refused more.zip: it is not a ZIP archive that can be read/),
    ])
  })

  test('within an archive does not read it', async () => {
    const inner = await zipOf({ [part]: aaf([pupil('199')]) })
    expect(await beside(await zipOf({ 'inner.zip': inner, 'read-me.txt': 'x' }))).toEqual([
      'refused more.zip/inner.zip: it is an archive within an archive: it is not read. Unpack the outer one, then import its folder',
      'left-out more.zip/read-me.txt: it is neither an XML nor a CSV file nor a ZIP archive: it is not read',
    ])
    expect(await look.status('199')).toBeUndefined()
  })

  test('that is a bomb reports it and reads the others', async () => {
    const zip = overlaid(await zipOf({ [part]: aaf([pupil('199')]) }), 50)
    expect(await beside(zip)).toEqual(['refused more.zip: it holds files laid over one another: it is a ZIP bomb'])
  })

  test('does not follow a symbolic link', async () => {
    const path = await fixture.feed(delivery(4))
    const elsewhere = await fixture.feed({ [part]: aaf([pupil('199')]) })
    symlinkSync(join(elsewhere, part), join(path, part))
    expect(lines(await fixture.run(path))).toEqual([
      `refused ${part}: it is a link, or no file at all: it is not read`,
      notSuspending,
    ])
  })
})

describe('importFeed() of a path', () => {
  test('that does not exist, is empty or of an unknown format says so in one sentence', async () => {
    const empty = await fixture.feed({ 'read-me.txt': 'nothing here' })
    const odd = await fixture.feed({ 'Student.csv': 'SIS ID,School SIS ID\n', 'x.xml': '<x/>' })
    writeFileSync(join(odd, 'only.csv'), 'a,b\n')
    for (const [path, sentence] of [
      [join(empty, 'nowhere'), /^there is no folder or archive .*nowhere$/],
      [empty, /holds no XML or CSV file that could be read, nor an archive of such files$/],
      [
        join(odd, 'x.xml'),
        /holds no directory feed: neither AAF files \(…_Eleve_….xml\) nor OneRoster files \(orgs.csv, users.csv\)$/,
      ],
      [odd, /: it is a feed of School Data Sync 1, which is not read. Préau reads AAF, OneRoster CSV 1.1 and 1.2 and/],
      [join(odd, 'only.csv'), /only.csv holds no directory feed/],
      [join(empty, 'read-me.txt'), /read-me.txt holds no XML or CSV file/],
    ] as const) {
      const error = await fixture.run(path).catch((thrown: Error) => thrown)
      expect(error).toBeInstanceOf(ImportRefused)
      expect(error).toMatchObject({ message: expect.stringMatching(sentence) })
    }
  })
})
