import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { keep, readKept } from './kept.ts'
import { credentials } from './loopback.ts'

/** How a running territory is reached, as its `region.json` tells. */
export type Running = {
  readonly url: string
  /** Of its DynamoDB. */
  readonly endpoint: string
  readonly table: string
  readonly region: string
  readonly pid: number
}

/** What stays when it does not run. */
export type Lasting = { readonly table: string; readonly region: string; readonly empty: boolean }

const fileOf = (folder: string) => join(folder, 'region.json')
const lastingOf = (folder: string) => join(folder, 'territory.json')

/** Tells that it runs. @returns what takes it back. */
export const announce = (folder: string, running: Running): (() => void) => {
  keep(fileOf(folder), running)
  return () => rmSync(fileOf(folder), { force: true })
}

export const keepLasting = (folder: string, lasting: Lasting): void => keep(lastingOf(folder), lasting)
export const lastingIn = (folder: string): Lasting | undefined => readKept(lastingOf(folder), undefined)

/**
 * The territory that runs on `folder`, if one does: a killed one leaves its note, so its database is asked. Its
 * process cannot be asked for: another one may have its number by now.
 */
export const runningIn = async (folder: string): Promise<Running | undefined> => {
  if (!existsSync(fileOf(folder))) return undefined
  const running = readKept<Running | undefined>(fileOf(folder), undefined)
  if (!running) return undefined
  const { endpoint, region, table } = running
  const client = new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 1 })
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}))
    return TableNames.includes(table) ? running : undefined
  } catch {
    return undefined
  } finally {
    client.destroy()
  }
}
