import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pruneOldFolders, touch } from '../../../lib/platform/prune.ts'

const hour = 60 * 60 * 1_000
const now = Date.now()

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'preau-prune-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** A folder with a file in it, used last so many hours ago. */
const folder = (name: string, hours: number): string => {
  mkdirSync(join(home, name, 'within'), { recursive: true })
  writeFileSync(join(home, name, 'within/index.mjs'), '')
  touch(join(home, name), new Date(now - hours * hour))
  return join(home, name)
}

describe('pruneOldFolders', () => {
  it('pruneOldFolders() keeps the four used last, however old, and deletes the others', () => {
    for (let age = 1; age <= 7; age++) folder(`built-${age}`, age * 24)
    pruneOldFolders(home, now)
    expect(readdirSync(home).sort()).toEqual(['built-1', 'built-2', 'built-3', 'built-4'])
  })

  it('pruneOldFolders() keeps folders used in the last hours, which may be in use', () => {
    for (let age = 1; age <= 7; age++) folder(`built-${age}`, age / 10)
    pruneOldFolders(home, now)
    expect(readdirSync(home)).toHaveLength(7)
  })

  it('pruneOldFolders() keeps an old folder that is used again, and deletes what a killed build left', () => {
    const back = folder('back', 500)
    folder('half.4711', 400)
    for (let age = 1; age <= 4; age++) folder(`built-${age}`, age * 24)
    touch(back, new Date(now))
    pruneOldFolders(home, now)
    expect(existsSync(join(back, 'within/index.mjs'))).toBe(true)
    expect(readdirSync(home).sort()).toEqual(['back', 'built-1', 'built-2', 'built-3'])
  })
})
