import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { type ImportOptions, importFeed } from '../../../../functions/directory/import/import.ts'
import { type Database, startDynamoDb } from '../../../support/dynamodb.ts'

export type Stored = { pk: string; sk: string } & Record<string, unknown>

/** An empty territory, and feeds written for it into a folder of their own. */
export const openStage = async () => {
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

  const run = (path: string, options: Partial<ImportOptions> = {}) =>
    importFeed({ client: database.client, table: database.table, path, now: () => clock.now, ...options })

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
  const empty = async (): Promise<void> => {
    const keys = [...(await everything()).values()].map(({ pk, sk }) => ({ pk, sk }))
    for (let at = 0; at < keys.length; at += 25)
      await documents.send(
        new BatchWriteCommand({
          RequestItems: { [database.table]: keys.slice(at, at + 25).map(Key => ({ DeleteRequest: { Key } })) },
        }),
      )
  }

  return {
    ...{ database, documents, folder, clock, feed, run, everything, empty },
    import: async (files: Record<string, string | Buffer>, options: Partial<ImportOptions> = {}) =>
      run(await feed(files), options),
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await database.close()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
