import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkPlace } from '../../../bin/region/prepare.ts'
import { folderError } from '../../../lib/local/data-folder.ts'
import { lockFolder } from '../../../lib/local/folder-lock.ts'
import { writePersistedTerritory } from '../../../lib/local/territory-files.ts'
import { root } from '../../../lib/platform/root.ts'
import { itemGenerations } from '../../../shared/kernel/item-generation.ts'

let folder: string
let release: (() => void) | undefined
const server = createServer()
const at = (name: string) => join(folder, name)
const port = () => String((server.address() as { port: number }).port)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-'))
  writeFileSync(at('file'), '')
  for (const name of ['later', 'former', 'used', 'damaged']) mkdirSync(at(name))
  const territory = { table: 'x', region: 'eu-west-3', empty: true }
  writePersistedTerritory(at('later'), { ...territory, items: itemGenerations.current + 1 })
  writePersistedTerritory(at('former'), { ...territory, items: itemGenerations.oldest - 1 })
  release = lockFolder(at('used'))
  writeFileSync(at('damaged/lock'), 'This is no database. '.repeat(100))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  release?.()
  server.close()
  rmSync(folder, { recursive: true })
})

/** Starts `npm start`'s program, which is to end by itself before it builds anything. */
const started = async (args: readonly string[]) => {
  const child = spawn(process.execPath, [join(root, 'bin/region.ts'), ...args], { cwd: folder })
  const [error, out, [status]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'exit')])
  return { status, error, out }
}

/** Where no folder can be made: Linux's /proc, which is elsewhere a path below a device. */
const nowhere = existsSync('/proc/self') ? '/proc/preau' : '/dev/null/preau'

describe('checkPlace()', () => {
  const stack = { name: 'preau-val', region: 'eu-west-3' }
  const table = { table: 'preau-val-TableCD117FA1', region: 'eu-west-3' }

  test('takes a folder of the same territory, and refuses one of another name or Region', () => {
    expect(() => checkPlace('.preau', table, stack)).not.toThrow()
    for (const other of [
      { ...stack, name: 'preau-val-2' },
      { ...stack, name: 'preau' },
      { ...stack, region: 'eu-central-1' },
    ])
      expect(() => checkPlace('.preau', table, other)).toThrow(/is preau-val in eu-west-3, .* give the entry its name/)
  })
})

describe('npm start says in one sentence why it cannot start, and ends with 1', () => {
  test.each<[what: string, args: () => string[], sentence: RegExp]>([
    ['an option that it does not have', () => ['--prot', '80'], /^there is no option --prot, did you mean --port\?/],
    ['an argument', () => ['8080'], /^"8080" is no option: the options are --port, /],
    ['a port that is none', () => ['--port', 'web'], /^--port needs a number from 0 .* not "web"\.$/],
    ['a port in use', () => ['--data', at('new'), '--port', port()], /^The port \d+ is in use: choose another one/],
    ['a file as folder', () => ['--data', at('file')], /file is a file, not a folder\. Choose another one with --data/],
    ['a folder below a file', () => ['--data', at('file/a/b')], /cannot be used: a part of its path is a file\./],
    ['a folder that cannot be made', () => ['--data', nowhere], /cannot be used: (no folder can be made there|a part)/],
    ['a folder in use', () => ['--data', at('used')], /is in use: a territory is being started there, or a directory/],
    ['a damaged folder', () => ['--data', at('damaged')], /cannot be used: its files are not those of a territory\./],
    ['a later release’s', () => ['--data', at('later')], /was started by a later release, .*: start it with that one/],
    [
      'an earlier release’s',
      () => ['--data', at('former')],
      /was made by an earlier release, .*: forget it with --fresh/,
    ],
  ])('%s', async (_, args, sentence) => {
    const { status, error, out } = await started(args())
    expect(error.trimEnd()).toMatch(sentence)
    expect(error.trimEnd().split('\n')).toHaveLength(1)
    expect({ status, out }).toEqual({ status: 1, out: '' })
  })
})

test.each([
  [{ code: 'ENOSPC' }, 'the disk is full'],
  [{ code: 'EDQUOT' }, 'the disk quota of this account is used up'],
  [{ code: 'EROFS' }, 'it may only be read'],
  [{ code: 'EACCES' }, 'this account may not write there'],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 13 }, 'the disk is full'],
  // SQLITE_IOERR_WRITE and SQLITE_READONLY_DIRECTORY: a code with what it was done for.
  [{ code: 'ERR_SQLITE_ERROR', errcode: 778 }, 'the disk has an error'],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 1544 }, 'it may only be read'],
])('folderError() says of %j: %s', (error, reason) => {
  const told = folderError('/data', Object.assign(new Error('x'), error))
  expect(told.message).toBe(`The folder /data cannot be used: ${reason}. Choose another one with --data <folder>.`)
})

test('folderError() leaves other errors as they are', () => {
  const bug = new TypeError('undefined is not a function')
  expect(folderError('/data', bug)).toBe(bug)
})

describe('npm ci', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { preinstall: string }
  }
  const [, check = ''] = /^node -e "(.*)"$/.exec(scripts.preinstall) ?? []

  test.each([
    ['18.20.8', 1, 'Préau needs Node 20 or later to be installed: this is Node 18.20.8.\n'],
    ['20.20.2', 0, ''],
    ['22.0.0', 0, ''],
    ['24.21.0', 0, ''],
  ])('on Node %s ends with %i', async (version, status, error) => {
    const fake = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${version}' })`
    const child = spawn(process.execPath, ['--import', fake, '-e', check])
    const [said, [ended]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect({ ended, said }).toEqual({ ended: status, said: error })
  })
})
