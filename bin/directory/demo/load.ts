import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { grantAdministrator } from '../../../functions/directory/import/grants.ts'
import { importFeed } from '../../../functions/directory/import/import.ts'
import type { Progress } from '../../../functions/directory/import/platform.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import {
  demoAttachmentsAccess,
  demoDirectoryAccess,
  demoDocumentsAccess,
  demoHandInFilesAccess,
  demoNewsAccess,
  demoWorkAccess,
} from './access.ts'
import { activateDemoAccounts, type DemoAccount, writeAccounts } from './accounts.ts'
import { setDemoAssignments } from './assignments.ts'
import { type DemoAttachment, hangDemoAttachments } from './attachments.ts'
import { bigCollege, county, entId, known } from './county.ts'
import { attached, demoFile, type PutDocument, placeDemoDocuments } from './documents.ts'
import { writeDemoFeed } from './feed.ts'
import { hangDemoHandIns } from './hand-in-files.ts'
import { demoNewsId, publishDemoNews } from './news.ts'
import { setDemoWork } from './work.ts'

export type DemoOptions = {
  readonly client: DynamoDBClient
  readonly table: string
  /** The territory's folder: the feed is written to `demo/`, the accounts to `demo.json`. */
  readonly data: string
  readonly now: () => Date
  readonly log: (line: string) => void
  /** Told how far the directory's import is. */
  readonly progress?: (progress: Progress) => void
  /** Puts a document's object. Absent: there is no bucket at hand, and the demo has no documents. */
  readonly putDocument?: PutDocument
}

const demoSource = `aaf:${entId.toLowerCase()}`

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
  progress,
}: DemoOptions): Promise<DemoAccount[]> => {
  const folder = join(data, 'demo')
  await mkdir(data, { recursive: true })
  await writeDemoFeed(folder)
  const table = openTable(name, demoDirectoryAccess, now, client)
  const report = await importFeed(
    { table, now, ...(progress && { progress }) },
    { path: folder, confirm: county.map(({ uai }) => uai) },
  )
  const { people, groups } = report
  log(
    `demo county: ${people.added + people.changed + people.unchanged} people, ${groups.added + groups.changed + groups.unchanged} classes and groups`,
  )
  await grantAdministrator({ table, now }, { school: bigCollege.uai, person: known.administrator })
  return activateDemoAccounts(table, demoSource, now())
}

/** What hangs where in the demo: a programme on an outing's notice, a sheet on each task about Greece. */
const attachmentsOf = (
  pieces: readonly { readonly id: string; readonly title: string }[],
  now: Date,
): DemoAttachment[] => {
  const { programme, sheet } = attached
  return [
    {
      feature: 'news',
      item: demoNewsId('Sortie au musée : autorisation', now),
      file: demoFile(demoSource, known.pupilLife, programme.name, now),
      name: programme.name,
    },
    ...pieces
      .filter(({ title }) => title === 'Leçon 3 : la Grèce des cités')
      .map(
        ({ id }): DemoAttachment => ({
          feature: 'work',
          item: id,
          file: demoFile(demoSource, known.teacher, sheet.name, now),
          name: sheet.name,
        }),
      ),
  ]
}

/**
 * Publishes two weeks of the county's news, sets three of work, places some documents, and writes `demo.json`: where it is,
 * the demo is loaded whole. The table's stream must be on: it puts the news into the feeds.
 */
export const loadDemoNews = async (
  { client, table, data, now, log, putDocument }: DemoOptions,
  accounts: readonly DemoAccount[],
): Promise<void> => {
  const opened = openTable(table, demoNewsAccess, now, client)
  const published = await publishDemoNews(opened, demoSource, now())
  const work = openTable(table, demoWorkAccess, now, client)
  const pieces = await setDemoWork(work, demoSource, now())
  const assignments = await setDemoAssignments(work, demoSource, now())
  const placing = openTable(table, demoDocumentsAccess, now, client)
  const placed = putDocument ? await placeDemoDocuments(placing, putDocument, demoSource, now()) : 0
  if (putDocument) {
    const hanging = openTable(table, demoAttachmentsAccess, now, client)
    await hangDemoAttachments(hanging, attachmentsOf(pieces, now()))
    const handedIn = openTable(table, demoHandInFilesAccess, now, client)
    await hangDemoHandIns(handedIn, demoSource, assignments, now())
  }
  await writeAccounts(data, accounts)
  log(`demo county: ${published} news items, ${pieces.length + assignments.length} pieces of work, ${placed} documents`)
}

/** Loads the demo county: its directory, then its news. May be run again after an interruption. */
export const loadDemo = async (options: DemoOptions): Promise<DemoAccount[]> => {
  const accounts = await loadDemoDirectory(options)
  await loadDemoNews(options, accounts)
  return accounts
}
