import type { Config } from './config.ts'
import { type Keys, openKeys } from './keys.ts'
import { type Log, openLog } from './log.ts'
import { openTable, type Table } from './table.ts'

/** What every handler works with: one typed argument, so that a test may replace any of it. */
export type Platform = {
  readonly config: Config
  readonly now: () => Date
  readonly table: Table
  readonly keys: Keys
  readonly log: Log
}

/** The real thing, opened once per execution environment. */
export const openPlatform = (config: Config, now: () => Date = () => new Date()): Platform => {
  const table = openTable(config.table, now)
  return { config, now, table, keys: openKeys(table, now), log: openLog(config) }
}
