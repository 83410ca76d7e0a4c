import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from './json-file.ts'

/** How a running territory is reached: the content of `region.json` in its folder, which exists while it runs. */
export type RunningTerritory = {
  readonly url: string
  /** The endpoint of its DynamoDB. */
  readonly endpoint: string
  readonly table: string
  readonly region: string
  readonly pid: number
}

/** What is known of a territory also while it does not run: the content of `territory.json`. */
export type PersistedTerritory = {
  readonly table: string
  readonly region: string
  /** Whether it was made without the demo county. */
  readonly empty: boolean
  /** When it was made (ISO 8601). */
  readonly since?: string
  /** The generation of items that the release wrote which last started it (shared/kernel/item-generation.ts). Absent: the first. */
  readonly items?: number
}

const runningFile = (folder: string) => join(folder, 'region.json')
const persistedFile = (folder: string) => join(folder, 'territory.json')

export const writeRunningTerritory = (folder: string, running: RunningTerritory): void =>
  writeJson(runningFile(folder), running)

/** Deletes `region.json`. Only the lock holder may call it: a killed process leaves the file behind. */
export const deleteRunningTerritory = (folder: string): void => rmSync(runningFile(folder), { force: true })

/**
 * The territory that runs in a folder locked by another process; undefined if that process still starts, or imports a
 * directory.
 */
export const readRunningTerritory = (folder: string): RunningTerritory | undefined =>
  readJson(runningFile(folder), undefined)

export const writePersistedTerritory = (folder: string, territory: PersistedTerritory): void =>
  writeJson(persistedFile(folder), territory)

export const readPersistedTerritory = (folder: string): PersistedTerritory | undefined =>
  readJson(persistedFile(folder), undefined)

/** Where a territory notes its folder while it runs, so that commands started in the same place find it: `.preau/running/`. */
const notesIn = (cwd: string) => join(cwd, '.preau', 'running')

/**
 * Notes that this process runs the territory in `data`, for commands that are started in `cwd`.
 * @returns a function that takes the note away
 */
export const noteRunning = (cwd: string, data: string): (() => void) => {
  const file = join(notesIn(cwd), `${process.pid}.json`)
  writeJson(file, { data })
  return () => rmSync(file, { force: true })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The folders of the territories that run and were started in `cwd`. Notes of processes that were killed are not believed. */
export const runningFolders = (cwd: string): readonly string[] => {
  const notes = notesIn(cwd)
  if (!existsSync(notes)) return []
  return readdirSync(notes).flatMap(name => {
    const [, pid] = /^(\d+)\.json$/.exec(name) ?? []
    if (pid === undefined || !isAlive(Number(pid))) return []
    const { data } = readJson(join(notes, name), { data: '' })
    return data && readRunningTerritory(data)?.pid === Number(pid) ? [data] : []
  })
}
