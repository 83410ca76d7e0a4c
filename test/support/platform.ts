import { randomBytes } from 'node:crypto'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { KeysItem } from '../../functions/platform/items.ts'
import { openKeys } from '../../functions/platform/keys.ts'
import type { LogFields } from '../../functions/platform/log.ts'
import type { Platform } from '../../functions/platform/platform.ts'
import { openTable } from '../../functions/platform/table.ts'
import type { Database } from './dynamodb.ts'

/** A clock that tests move. */
export type Clock = { now: Date }

export type TestPlatform = Platform & {
  readonly lines: { message: string; fields: LogFields }[]
  readonly secrets: KeysItem
}

/** A platform on the embedded table, its keys in place, its log kept in `lines`. */
export const testPlatform = async (database: Database, clock: Clock = { now: new Date() }): Promise<TestPlatform> => {
  const now = () => clock.now
  const table = openTable(database.table, now, database.client)
  const secret = () => randomBytes(32).toString('base64url')
  const stored = {
    pk: 'KEYS',
    sk: 'KEYS',
    signing: [{ kid: 'k1', secret: secret(), since: clock.now.toISOString() }],
    refresh: secret(),
    edge: secret(),
  } satisfies KeysItem
  await DynamoDBDocumentClient.from(database.client).send(new PutCommand({ TableName: database.table, Item: stored }))
  const lines: TestPlatform['lines'] = []
  const keep = (message: string, fields: LogFields = {}) => {
    lines.push({ message, fields })
  }
  return {
    config: { table: database.table, territory: 'test', service: 'test' },
    now,
    table,
    keys: openKeys(table, now),
    log: { info: keep, error: keep, count: () => {}, flush: () => {} },
    lines,
    secrets: await openKeys(table, now).current(),
  }
}
