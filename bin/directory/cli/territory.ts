import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { background, openDynamoDb } from '../../../functions/platform/dynamodb.ts'
import { CannotStart } from '../../../lib/local/cannot-start.ts'
import { folderError } from '../../../lib/local/data-folder.ts'
import { openDatabase } from '../../../lib/local/database.ts'
import { lockFolder } from '../../../lib/local/folder-lock.ts'
import { readPersistedTerritory, readRunningTerritory, runningFolders } from '../../../lib/local/territory-files.ts'
import { checkGeneration } from '../../region/prepare.ts'
import { territoryNamed } from './named-territory.ts'

export type TerritoryOptions = {
  readonly table?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  readonly data?: string | undefined
  /** Its name in lib/territories.ts. */
  readonly territory?: string | undefined
}

/** The table to work on. `close` releases it. */
export type Territory = {
  readonly client: DynamoDBClient
  readonly table: string
  /** What a command says it works on. */
  readonly name: string
  /** Where people open it, as far as the territory itself says: the one on this machine, while it runs. */
  readonly address?: string
  /** It is on this machine and does not run: nothing follows from what is written until it does. */
  readonly isIdle?: boolean
  /** By whose days it lives; absent: those of Paris. */
  readonly timeZone?: string | undefined
  readonly close: () => Promise<void> | void
}

const clientOf = (region: string | undefined, endpoint: string | undefined): DynamoDBClient => {
  const embedded = endpoint && {
    endpoint,
    region: region ?? 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
  // An import runs for minutes, and is to outlast a table that throttles for a while.
  return openDynamoDb({ ...background, attempts: 10 }, { ...(region && { region }), ...embedded })
}

/**
 * The folder of the territory on this machine: the one that is named, else the one that runs, else `.preau`. Throws
 * ImportRefused where several run, of which one is to be named.
 */
const folderOf = (named: string | undefined, cwd: string): string => {
  if (named !== undefined) return named
  const running = runningFolders(cwd)
  if (running.length > 1)
    throw new ImportRefused(
      `${running.length} territories run on this machine: say which one with ${running.map(one => `--data ${one}`).join(' or ')}`,
    )
  return running[0] ?? '.preau'
}

/** The territory on this machine: as it runs or, while it does not, its database opened for this command. */
const openLocal = async (folder: string): Promise<Territory> => {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new ImportRefused(`${folder} is a file, not the folder of a territory`)
  const persisted = readPersistedTerritory(folder)
  if (!persisted || !existsSync(join(folder, 'dynamodb')))
    throw new ImportRefused(
      `there is no territory in ${folder}: run npm start once, or say which one with --data <folder> or with --table <name> --region <region>`,
    )
  const release = lockFolder(folder)
  if (!release) {
    const running = readRunningTerritory(folder)
    if (!running) throw new ImportRefused(`${folder} is in use: its territory is being started, or another import runs`)
    const client = clientOf(running.region, running.endpoint)
    return {
      client,
      table: running.table,
      address: running.url,
      name: `the territory in ${folder}, which runs at ${running.url}`,
      close: () => client.destroy(),
    }
  }
  try {
    checkGeneration(folder, persisted)
    const { client, close } = await openDatabase({ folder: join(folder, 'dynamodb'), region: persisted.region })
    return {
      client,
      table: persisted.table,
      name: `the territory in ${folder}, which does not run`,
      isIdle: true,
      close: () => close().then(release),
    }
  } catch (error) {
    release()
    throw error instanceof CannotStart ? new ImportRefused(error.message) : error
  }
}

/** As openLocal(); what the folder itself cannot do is a sentence. */
const openedAt = (folder: string): Promise<Territory> =>
  openLocal(folder).catch(error => {
    const told = folderError(folder, error)
    throw told instanceof CannotStart ? new ImportRefused(told.message) : told
  })

/**
 * With `table`, a deployed territory's, with the credentials AWS tools usually find; with `endpoint` too, one of a
 * service that speaks DynamoDB's protocol. Without, the territory on this machine.
 */
export const openTerritory = async (options: TerritoryOptions): Promise<Territory> => {
  const { table, region, endpoint, data, territory } = options
  const timeZone = territoryNamed(territory)?.timeZone
  if (!table) {
    const folder = folderOf(data, process.cwd())
    return { ...(await openedAt(folder)), timeZone }
  }
  const client = clientOf(region, endpoint)
  const where = endpoint ?? (region ? `the Region ${region}` : 'the Region of your AWS settings')
  return { client, table, timeZone, name: `the table ${table} in ${where}`, close: () => client.destroy() }
}
