import { randomBytes } from 'node:crypto'
import { type Access, requestAccess } from '../../functions/platform/access.ts'
import type { LogFields, LogMessage } from '../../functions/platform/log.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { type KeysItem, platformPatterns } from '../../functions/platform/patterns.ts'
import { openKeys, type Platform } from '../../functions/platform/platform.ts'
import type { Database } from './dynamodb.ts'
import { openItems } from './items.ts'

/** A clock that tests set. */
export type Clock = { now: Date }

/** A platform whose table accepts every access pattern; a function's own access is checked by its type and its policy. */
export type TestPlatform = Platform & {
  readonly lines: { code: string; text: string; fields: LogFields }[]
  readonly secrets: KeysItem
}

/** A platform on the embedded table, with the territory's keys in it and the log lines in `lines`. */
export const testPlatform = async (database: Database, clock: Clock = { now: new Date() }): Promise<TestPlatform> => {
  const now = () => clock.now
  const requests = openTable(database.table, requestAccess, now, database.client)
  const secret = () => randomBytes(32).toString('base64url')
  const secrets: KeysItem = {
    signing: [{ kid: 'k1', secret: secret(), since: clock.now.toISOString() }],
    refresh: secret(),
    edge: secret(),
    boards: secret(),
  }
  await openItems(database).put(platformPatterns.keys, {}, secrets)
  await openItems(database).put(platformPatterns.factorsKey, {}, { secret: secret() })
  const lines: TestPlatform['lines'] = []
  const log = ({ code, text }: LogMessage, fields: LogFields = {}) => {
    lines.push({ code, text, fields })
  }
  return {
    config: { table: database.table, territory: 'test', service: 'test' },
    now,
    table: openTable<Access>(database.table, {}, now, database.client),
    requests,
    keys: openKeys(requests, now),
    log: { info: log, error: log, count: () => {}, flush: () => {} },
    lines,
    secrets,
  }
}
