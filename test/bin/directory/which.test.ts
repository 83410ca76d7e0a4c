import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockFolder } from '../../../lib/local/folder-lock.ts'
import {
  noteRunning,
  runningFolders,
  writePersistedTerritory,
  writeRunningTerritory,
} from '../../../lib/local/territory-files.ts'
import { itemGenerations } from '../../../shared/kernel/item-generation.ts'
import { type Fixture, openFixture } from '../../functions/directory/import/fixture.ts'
import { command } from './command.ts'

let fixture: Fixture
let stop: () => void

const at = (name: string) => join(fixture.folder, name)
const url = 'http://localhost:8123'

/** A territory of that name in a folder of its own. */
const territory = (name: string, items: number = itemGenerations.current) => {
  mkdirSync(join(at(name), 'dynamodb'), { recursive: true })
  writePersistedTerritory(at(name), { table: fixture.database.table, region: 'eu-west-3', empty: true, items })
}
/** As if this process ran it, by the fixture's database. */
const run = (name: string) => {
  const release = lockFolder(at(name))
  const { endpoint, table } = fixture.database
  writeRunningTerritory(at(name), { url, endpoint, table, region: 'eu-west-3', pid: process.pid })
  return release
}

beforeAll(async () => {
  fixture = await openFixture()
  for (const name of ['elsewhere', 'later']) territory(name)
  territory('later', itemGenerations.current + 1)
  writeFileSync(at('file'), '')
  const [release, forget] = [run('elsewhere'), noteRunning(fixture.folder, at('elsewhere'))]
  stop = () => {
    forget()
    release?.()
  }
})
afterAll(async () => {
  stop()
  await fixture.close()
})

const administrator = (...args: string[]) =>
  command(['administrator', '--school', '0990001A', '--person', 'x', ...args], { cwd: fixture.folder })

test('a command finds the territory that runs, wherever its folder is, and says which one it works on', async () => {
  const { on, status, error } = await administrator()
  expect(on).toBe(`the territory in ${at('elsewhere')}, which runs at ${url}`)
  // It was asked: it knows no such school.
  expect({ status, error }).toEqual({ status: 1, error: expect.stringContaining('0990001A') })
})

test('a command says which deployed table it works on', async () => {
  const { endpoint, table } = fixture.database
  expect((await administrator('--table', table, '--endpoint', endpoint)).on).toBe(`the table ${table} in ${endpoint}`)
})

test.each([
  [
    'is not there',
    'nowhere',
    /^there is no territory in nowhere: run npm start once, or say .* --data <folder> or with/,
  ],
  ['is a file', 'file', /^file is a file, not the folder of a territory$/],
  [
    'a later release started',
    'later',
    /^The territory in later was started by a later release, .* start it with that one/,
  ],
])('a command on a folder that %s says so in one sentence', async (_, folder, sentence) => {
  const { status, error, on } = await administrator('--data', folder)
  expect(error.trimEnd()).toMatch(sentence)
  expect({ status, on }).toEqual({ status: 1, on: undefined })
})

test('a command asks which one is meant where several run', async () => {
  territory('other')
  const release = run('other')
  // Of another process that is alive: this one's parent.
  writeFileSync(at(`.preau/running/${process.ppid}.json`), JSON.stringify({ data: at('other') }))
  writeRunningTerritory(at('other'), {
    url,
    endpoint: 'http://127.0.0.1:1',
    table: 'x',
    region: 'x',
    pid: process.ppid,
  })
  const { status, error } = await administrator()
  expect(error).toMatch(/^2 territories run on this machine: say which one with --data \S+ or --data \S+\n$/)
  expect(status).toBe(1)
  release?.()
  // What the note of a process that has ended says is not believed.
  writeFileSync(at(`.preau/running/999999999.json`), JSON.stringify({ data: at('other') }))
  writeRunningTerritory(at('other'), { url, endpoint: 'x', table: 'x', region: 'x', pid: 999_999_999 })
  expect(runningFolders(fixture.folder)).toEqual([at('elsewhere')])
})
