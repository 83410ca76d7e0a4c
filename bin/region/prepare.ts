import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from '../../lib/local/cannot-start.ts'
import { folderError, makeDataFolder } from '../../lib/local/data-folder.ts'
import { databaseProgram } from '../../lib/local/database.ts'
import { lockFolder } from '../../lib/local/folder-lock.ts'
import { checkPort } from '../../lib/local/loopback.ts'
import {
  deleteRunningTerritory,
  type PersistedTerritory,
  readPersistedTerritory,
  readRunningTerritory,
} from '../../lib/local/territory-files.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import type { Options } from './options.ts'

/** The files and folders of a territory in its folder, except the lock. `--fresh` deletes these and nothing else. */
export const territoryEntries = [
  'assembly',
  'assembly.json',
  'assembly.new',
  'custom-resources.json',
  'dead-letters',
  'demo',
  'demo.json',
  'dynamodb',
  'feeds',
  'figures.json',
  'key-values.json',
  'logs',
  'region.json',
  's3',
  'sqs',
  'streams',
  'territory.json',
] as const

const lockedError = (data: string): CannotStart => {
  const running = readRunningTerritory(data)
  return new CannotStart(
    running
      ? `The territory in ${data} runs already, at ${running.url} (process ${running.pid}).`
      : `The folder ${data} is in use: a territory is being started there, or a directory imported into it.`,
  )
}

/** Throws CannotStart if this release cannot work on the items of the territory in `data`. */
export const checkGeneration = (data: string, { items = 1 }: PersistedTerritory): void => {
  const { oldest, current } = itemGenerations
  if (items < oldest)
    throw new CannotStart(
      `The territory in ${data} was made by an earlier release, whose items this one cannot read: forget it with --fresh, or choose another folder with --data.`,
    )
  if (items > current)
    throw new CannotStart(
      `The territory in ${data} was started by a later release, whose items this one may not know: start it with that one, or choose another folder with --data.`,
    )
}

/** Throws CannotStart if the territory in `data` is one of another name or Region than the stack: it would begin anew, empty. */
export const checkPlace = (
  data: string,
  { table, region }: Pick<PersistedTerritory, 'table' | 'region'>,
  stack: { readonly name: string; readonly region: string },
): void => {
  // A table is named by its stack and its logical id, which has no hyphen (lib/local/deploy.ts).
  const name = table.slice(0, table.lastIndexOf('-'))
  if (name === stack.name && region === stack.region) return
  throw new CannotStart(
    `The territory in ${data} is ${name} in ${region}, and lib/territories.ts now makes ${stack.name} in ${stack.region} of it, which would begin empty: give the entry its name and Region again, forget the territory with --fresh, or choose another folder with --data.`,
  )
}

/**
 * Locks the territory's folder for this process, and checks what can be checked before the build: the folder, the port,
 * the database and the options. Throws CannotStart.
 * @returns the function that releases the lock.
 */
export const prepare = async ({ data, fresh, empty, port }: Options, database: string | undefined) => {
  // The folder holds personal data: only its owner may read it.
  makeDataFolder(data)
  let release: ReturnType<typeof lockFolder>
  try {
    release = lockFolder(data)
  } catch (error) {
    throw folderError(data, error)
  }
  if (!release) throw lockedError(data)
  deleteRunningTerritory(data)
  await checkPort(port)
  if (!database) databaseProgram()
  if (fresh) for (const name of territoryEntries) rmSync(join(data, name), { recursive: true, force: true })
  const persisted = readPersistedTerritory(data)
  if (persisted) checkGeneration(data, persisted)
  if (empty && persisted?.empty === false)
    throw new CannotStart(
      `The territory in ${data} holds the demo county: forget it with --fresh --empty, or choose another folder with --data.`,
    )
  return release
}
