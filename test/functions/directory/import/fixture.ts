import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { importAccess } from '../../../../functions/directory/access.ts'
import { type ImportOptions, importFeed } from '../../../../functions/directory/import/import.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { type Database, deleteAll, putAll, startDynamoDb } from '../../../support/dynamodb.ts'

export type Stored = { pk: string; sk: string } & Record<string, unknown>

type RunOptions = Omit<ImportOptions, 'path'> & { readonly client?: DynamoDBClient }

/** An empty territory, and feeds written for it into a folder of their own. */
export const openFixture = async () => {
  const database: Database = await startDynamoDb()
  const documents = DynamoDBDocumentClient.from(database.client)
  const folder = mkdtempSync(join(tmpdir(), 'preau-test-'))
  const clock = { now: new Date('2026-09-01T06:00:00.000Z') }
  let feeds = 0

  /** Writes a feed's files; gives its folder. */
  const feed = async (files: Record<string, string | Buffer>): Promise<string> => {
    const path = join(folder, `feed${++feeds}`)
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true })
      await writeFile(join(path, name), content)
    }
    return path
  }

  const now = () => clock.now

  /** Imports the feed in `path`, through another client if one is given. */
  const run = (path: string, { client = database.client, ...options }: RunOptions = {}) =>
    importFeed({ table: openTable(database.table, importAccess, now, client), now }, { path, ...options })

  /** All of the table, by key. */
  const everything = async (): Promise<Map<string, Stored>> => {
    const items = new Map<string, Stored>()
    let from: Record<string, unknown> | undefined
    do {
      const page = await documents.send(new ScanCommand({ TableName: database.table, ExclusiveStartKey: from }))
      for (const item of (page.Items ?? []) as Stored[]) items.set(`${item.pk}|${item.sk}`, item)
      from = page.LastEvaluatedKey
    } while (from)
    return items
  }

  /** Leaves the table as it was when it was made. */
  const empty = async (): Promise<void> => deleteAll(database, [...(await everything()).values()])

  /** Leaves the table with these items and no others. */
  const restore = async (items: ReadonlyMap<string, Stored>): Promise<void> => {
    await empty()
    await putAll(database, [...items.values()])
  }

  return {
    database,
    documents,
    folder,
    clock,
    now,
    feed,
    run,
    everything,
    empty,
    restore,
    import: async (files: Record<string, string | Buffer>, options: RunOptions = {}) => run(await feed(files), options),
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await database.close()
    },
  }
}

export type Fixture = Awaited<ReturnType<typeof openFixture>>
