import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { appoint } from '../../../functions/directory/import/appoint.ts'
import { importFeed } from '../../../functions/directory/import/import.ts'
import { openTable } from '../../../functions/directory/import/table.ts'
import { activateDemoAccounts, type DemoAccount, writeAccounts } from './accounts.ts'
import { bigCollege, entId, known } from './county.ts'
import { writeDemoFeed } from './feed.ts'
import { publishDemoNews } from './news.ts'

export type DemoOptions = {
  readonly client: DynamoDBClient
  readonly table: string
  /** The territory's folder: the feed is kept in `demo/`, the accounts in `demo.json`. */
  readonly data: string
  readonly now: () => Date
  readonly log: (line: string) => void
}

/**
 * Loads the demo county's directory: its feed is written, imported by the real import, and some accounts are activated.
 * Does not need the table's stream, and is several times faster on the embedded database without it.
 */
export const loadDemoDirectory = async ({
  client,
  table: name,
  data,
  now,
  log,
}: DemoOptions): Promise<DemoAccount[]> => {
  const folder = join(data, 'demo')
  await mkdir(data, { recursive: true })
  await writeDemoFeed(folder)
  const report = await importFeed({ client, table: name, path: folder, now, confirm: true })
  const { people, groups } = report
  log(
    `demo county: ${people.added + people.changed + people.unchanged} people, ${groups.added + groups.changed + groups.unchanged} classes and groups`,
  )
  const table = openTable(name, client)
  await appoint(table, { school: bigCollege.uai, person: known.administrator, now: now() })
  return activateDemoAccounts(table, report.feed.source, now())
}

/**
 * Publishes two weeks of the county's news, and writes `demo.json`: where it is, the demo is loaded whole. The table's
 * stream must be on: it puts the news into the feeds.
 */
export const loadDemoNews = async (
  { client, table, data, now, log }: DemoOptions,
  accounts: readonly DemoAccount[],
): Promise<void> => {
  const published = await publishDemoNews(openTable(table, client), `aaf:${entId.toLowerCase()}`, now())
  await writeAccounts(data, accounts)
  log(`demo county: ${published} news items`)
}

/** Loads the demo county: its directory, then its news. May be run again after an interruption. */
export const loadDemo = async (options: DemoOptions): Promise<DemoAccount[]> => {
  const accounts = await loadDemoDirectory(options)
  await loadDemoNews(options, accounts)
  return accounts
}
