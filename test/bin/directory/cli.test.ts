import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sentenceOf } from '../../../bin/directory/cli/failure.ts'
import { readCommand } from '../../../bin/directory/cli/options.ts'
import type { Report } from '../../../functions/directory/import/report.ts'
import { openDatabase } from '../../../lib/local/database.ts'
import { lockFolder } from '../../../lib/local/folder-lock.ts'
import { writePersistedTerritory } from '../../../lib/local/territory-files.ts'
import { itemGenerations } from '../../../shared/kernel/item-generation.ts'
import { aaf, delivery, named, pupil, uai } from '../../functions/directory/import/aaf-feed.ts'
import { type Fixture, openFixture } from '../../functions/directory/import/fixture.ts'
import { bulk, enrollments, users } from '../../functions/directory/import/oneroster-feed.ts'
import { createTable } from '../../support/dynamodb.ts'
import { type Meter, openMeter } from '../../support/meter.ts'
import { command, type Ended } from './command.ts'

let fixture: Fixture
let meter: Meter
let feed: string
beforeAll(async () => {
  fixture = await openFixture()
  meter = await openMeter(fixture.database.endpoint)
  feed = await fixture.feed(delivery(20))
})
beforeEach(() => fixture.empty())
afterAll(async () => {
  await meter.close()
  await fixture.close()
})

/** Runs a command on the fixture's table. */
const onTable = (args: readonly string[], options: Parameters<typeof command>[1] = {}): Promise<Ended> =>
  command([...args, '--table', fixture.database.table, '--endpoint', meter.endpoint], {
    cwd: fixture.folder,
    ...options,
  })

const reportOf = ({ out }: Ended) => JSON.parse(out) as Report

describe('readCommand()', () => {
  test.each([
    [
      [],
      /^no command is given: say import, identify, join, separate, erase, codes, administrator, territory-role, freeze, reset-factor, outage, deliver-again, boards or demo \(.*--help\)$/,
    ],
    [['imprt', 'feed'], /^there is no command "imprt", did you mean import\?: say import, identify/],
    [['exports', 'feed'], /^there is no command "exports": say import, identify/],
    [['import'], /^say which folder or ZIP archive to import: npm run directory -- import <folder\|zip>$/],
    [['import', 'feed', 'more'], /takes one folder or ZIP archive, but "more" is given too$/],
    [
      ['import', 'feed', '--dry'],
      /^there is no option --dry, did you mean --dry-run\?: the options are --help, --data, /,
    ],
    [['import', 'feed', '-x'], /^there is no option -x: the options are --help, /],
    [['import', 'feed', '--json=yes'], /^--json takes no value \(/],
    [['import', 'feed', '--source'], /^--source needs a value \(/],
    [['import', 'feed', '--source', ''], /^--source needs a value$/],
    [['import', '--confirm', 'feed'], /^say which folder or ZIP archive to import/],
    [['import', 'feed', '--endpoint', 'http://127.0.0.1:9'], /^--endpoint needs --table/],
    [['codes', '--school', uai, '--dry-run'], /^the command codes has no option --dry-run: it has --help, .*--renew/],
    [['codes', '--school', uai, '--language', 'de'], /^there is no language "de": say --language fr or en$/],
    [['codes'], /^say which school: npm run directory -- codes --school <uai>$/],
    [['administrator', '--school', uai], /^say who it is: --person/],
    [['territory-role', '--role', 'operator'], /^say who it is: --person <login>$/],
    [['territory-role', '--person', 'a.b'], /^say which role: --role operator or authority$/],
    [
      ['territory-role', '--person', 'a.b', '--role', 'king'],
      /^there is no role "king" of the territory: say --role operator or authority$/,
    ],
    [['freeze', '--reason', 'volé'], /^say who it is: --person <login>$/],
    [['freeze', '--person', 'a.b'], /^say why: --reason <text>, or --end to take it back$/],
    [['freeze', '--person', 'a.b', '--reason', 'volé', '--end'], /^--end takes no --reason$/],
    [['outage', '--from', '2026-11-24T16:30', '--to', '2026-11-24T17:00'], /^say why: --reason <text>$/],
    [['outage', '--to', '2026-11-24T17:00'], /^say since when: --from$/],
    [['territory-role', '--school', uai], /^the command territory-role has no option --school: it has /],
  ] as const)('refuses %j with one sentence', (args, sentence) => {
    expect(() => readCommand(args)).toThrow(sentence)
  })
})

describe('sentenceOf()', () => {
  test.each([
    ['ThrottlingException', /^the Region eu-west-3 takes no more requests for now: start the same command again/],
    ['TransactionConflictException', /^somebody else gives codes to the same people at this moment: start the same/],
  ])('says of %s what to do', (name, sentence) => {
    const error = Object.assign(new Error('busy'), { name })
    expect(sentenceOf(error, { table: 'preau', region: 'eu-west-3' })).toMatch(sentence)
  })

  test('says that the disk is full, of files and of the temporary database', () => {
    const file = Object.assign(new Error('no space'), { code: 'ENOSPC', path: '/data/x.csv' })
    expect(sentenceOf(file, {})).toMatch(/^the disk is full \(\/data\/x.csv\)\. Make room, then start/)
    // SQLite itself says it, of a database that may have one page: its schema alone.
    const db = new DatabaseSync('')
    db.exec('PRAGMA max_page_count = 1')
    const full = (() => {
      try {
        return db.exec('CREATE TABLE a (b TEXT)')
      } catch (error) {
        return error
      }
    })()
    db.close()
    expect(sentenceOf(full, {})).toMatch(/^the disk is full: an import needs room for a temporary file in /)
  })
})

describe('npm run directory, misused', () => {
  test('ends with one sentence and status 1', async () => {
    const misuses: [string[], RegExp][] = [
      [['imprt', 'feed'], /there is no command "imprt"/],
      [['import', feed, '--data', 'nowhere'], /there is no territory in nowhere: run npm start once, or say which one/],
      [['import', feed, '--table', 'preau'], /no AWS Region is set: say --region/],
      [['import', feed, '--table', 'preau', '--region', 'eu-west-3'], /no AWS credentials are found/],
    ]
    for (const { status, out, error, sentence } of await Promise.all(
      misuses.map(async ([args, sentence]) => ({ sentence, ...(await command(args, { cwd: fixture.folder })) })),
    )) {
      expect(error).toMatch(sentence)
      expect(error.trimEnd().split('\n')).toHaveLength(1)
      expect({ status, out }).toEqual({ status: 1, out: '' })
    }
  })

  test('names a table that does not exist', async () => {
    const { status, out, error } = await command(
      ['import', feed, '--table', 'preau-typo', '--endpoint', meter.endpoint],
      { cwd: fixture.folder },
    )
    expect(error).toBe(`there is no table preau-typo in ${meter.endpoint}\n`)
    expect({ status, out }).toEqual({ status: 1, out: '' })
  })

  test('says what it knows on --help, with status 0', async () => {
    const { status, out, error } = await command(['import', '--help'], { cwd: fixture.folder })
    expect({ status, error }).toEqual({ status: 0, error: '' })
    for (const word of [
      'import <folder|zip>',
      '--dry-run',
      '--confirm <uai>',
      '--out-of-order',
      'codes --school',
      'administrator',
      'territory-role',
      '--endpoint',
    ])
      expect(out).toContain(word)
  })
})

describe('npm run directory -- import', () => {
  test('reports as a person reads it, and draws no bar where nobody watches', async () => {
    const path = await fixture.feed({
      ...delivery(20),
      [named('Eleve', { part: 1 })]: aaf([pupil('777', [], { sn: '', givenName: '' })]),
    })
    const { status, out, error } = await onTable(['import', path])
    expect({ status, error }).toEqual({ status: 2, error: '' })
    const lines = out.split('\n')
    expect(lines[0]).toBe('Imported, but 1 record or file is refused (below): 31 people added, 0 changed, 0 suspended.')
    expect(lines[1]).toBe('AAF feed, complete, source aaf:preau_test, of 2026-09-01')
    expect(lines[2]).toBe('School year 2026-2027 in 1 school (from the day of the delivery, 2026-09-01)')
    expect(lines[3]).toMatch(/^people +31 added +0 changed +0 unchanged +0 suspended$/)
    expect(out).toMatch(/\nRefused \(1\)\n {2}PREAU_TEST_Complet_20260901_Eleve_0001.xml:5: 777: /)
    expect(out).toMatch(/\n\d+ items written in [\d.]+ s\n$/)
  })

  test('draws a bar on a terminal, beside the report', async () => {
    const { status, out, error } = await onTable(['import', feed], { watched: true })
    expect(status).toBe(0)
    expect(error).toMatch(/reading .*100 %/)
    expect(error).toMatch(/writing .*100 %/)
    expect(out).toMatch(/^Imported: 31 people added, 0 changed, 0 suspended.\nAAF feed, complete/)
  })

  test('with --json prints one JSON document and nothing else, also on a terminal', async () => {
    const ended = await onTable(['import', feed, '--json'], { watched: true })
    expect(ended).toMatchObject({ status: 0, error: '' })
    expect(reportOf(ended)).toMatchObject({ dryRun: false, people: { added: 31 }, findings: [], held: [] })
  })

  test('with --dry-run consumes no write unit and prints the report of the import it stands for', async () => {
    meter.read()
    const { written, seconds: _, dryRun, ...dry } = reportOf(await onTable(['import', feed, '--json', '--dry-run']))
    const reading = meter.read()
    expect(reading.requests).toBeGreaterThan(0)
    expect(reading.writeUnits).toBe(0)
    expect({ written, dryRun }).toEqual({ written: 0, dryRun: true })
    const { written: really, seconds: __, dryRun: ___, ...done } = reportOf(await onTable(['import', feed, '--json']))
    expect(dry).toEqual(done)
    expect(meter.read().writeUnits).toBeGreaterThanOrEqual(really)
  })

  test('again consumes no write unit; with one pupil changed, those of that pupil and their guardian', async () => {
    await onTable(['import', feed])
    const whole = meter.read().writeUnits
    expect(reportOf(await onTable(['import', feed, '--json']))).toMatchObject({ written: 0 })
    expect(meter.read().writeUnits).toBe(0)
    const changed = await fixture.feed(delivery(20, key => (key === '107' ? { givenName: 'Zora' } : undefined)))
    const report = reportOf(await onTable(['import', changed, '--json']))
    expect(report.people).toEqual({ added: 0, changed: 2, unchanged: 29, suspended: 0 })
    expect(meter.read().writeUnits).toBeLessThan(whole / 8)
  })

  test('that would take access from too many holds the school with status 3, until it is confirmed by its UAI', async () => {
    await onTable(['import', feed])
    meter.read()
    const truncated = await fixture.feed(delivery(10))
    const { status, out } = await onTable(['import', truncated])
    expect(status).toBe(3)
    expect(out).toMatch(
      new RegExp(`^Held: the school ${uai} waits for your answer \\(below\\); nothing is imported.\n`),
    )
    expect(out).toMatch(new RegExp(`\\(${uai}\\): 15 of 31 people would leave it. .*--confirm ${uai}`))
    const bare = await onTable(['import', truncated, '--confirm'])
    expect(bare).toMatchObject({ status: 1, out: '' })
    expect(bare.error).toBe(`say which school: Collège des Saules (${uai}) is held. To confirm it: --confirm ${uai}\n`)
    expect(meter.read().writeUnits).toBe(0)
    const confirmed = await onTable(['import', truncated, '--json', '--confirm', uai.toLowerCase()])
    expect(confirmed.status).toBe(0)
    expect(reportOf(confirmed)).toMatchObject({ outcome: 'imported', held: [], people: { suspended: 15 } })
  })

  test('of which nothing comes ends with status 4, and the same in JSON', async () => {
    const empty = await fixture.feed({ ...bulk(), 'users.csv': users(), 'enrollments.csv': enrollments() })
    const { status, out } = await onTable(['import', empty])
    expect({ status, out: out.split('\n')[0] }).toEqual({
      status: 4,
      out: 'Nothing came of it: nobody in it is in a school that it describes.',
    })
    const json = await onTable(['import', empty, '--json'])
    expect(json.status).toBe(4)
    expect(reportOf(json)).toMatchObject({ outcome: 'nothing', sentence: out.split('\n')[0], written: 0 })
  })

  test('of what is no feed ends with one sentence and status 5', async () => {
    await writeFile(join(fixture.folder, 'letter.zip'), 'Dear import,')
    mkdirSync(join(fixture.folder, 'empty'), { recursive: true })
    const ends = await Promise.all(['letter.zip', 'empty', 'absent'].map(path => onTable(['import', path])))
    for (const [place, sentence] of [
      /letter\.zip\b.* not a ZIP archive/,
      /empty holds no /,
      /there is no folder or archive absent/,
    ].entries()) {
      expect(ends[place]).toMatchObject({ status: 5, out: '' })
      expect(ends[place]?.error).toMatch(sentence)
      expect(ends[place]?.error.trimEnd().split('\n')).toHaveLength(1)
    }
    const json = await onTable(['import', 'absent', '--json'])
    expect({ status: json.status, ...JSON.parse(json.out) }).toEqual({
      status: 5,
      outcome: 'unreadable',
      sentence: 'there is no folder or archive absent',
    })
  })
})

describe('npm run directory on the territory of this machine', () => {
  test('opens its database while it does not run, and refuses where another process has it', async () => {
    const data = join(fixture.folder, 'territory')
    const database = await openDatabase({ folder: join(data, 'dynamodb'), region: 'eu-west-3' })
    await createTable(database.client, 'preau-here')
    await database.close()
    writePersistedTerritory(data, {
      table: 'preau-here',
      region: 'eu-west-3',
      empty: true,
      items: itemGenerations.current,
    })
    const here = () => command(['import', feed, '--json', '--data', data], { cwd: fixture.folder })
    const ended = await here()
    expect(ended).toMatchObject({ status: 0, error: '' })
    expect(reportOf(ended)).toMatchObject({ people: { added: 31 } })
    const release = lockFolder(data)
    const { status, out, error } = await here()
    release?.()
    expect(error).toMatch(/territory is in use: its territory is being started, or another import runs\n$/)
    expect({ status, out }).toEqual({ status: 1, out: '' })
    expect(reportOf(await here())).toMatchObject({ written: 0, people: { unchanged: 31 } })
  })
})
