import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { aafDelivery } from './aaf/choose.ts'
import { readAaf } from './aaf/read.ts'
import type { Delivery } from './feed/delivery.ts'
import type { Feed } from './feed/file.ts'
import { ImportRefused } from './feed/finding.ts'
import { openFeed } from './feed/open.ts'
import { type Findings, openFindings } from './findings.ts'
import { holdBack } from './guard.ts'
import { dialectOf, manifestOf, oneRosterFiles } from './oneroster/manifest.ts'
import { readOneRoster } from './oneroster/read.ts'
import { openPeople } from './people/apply.ts'
import { relate } from './relate.ts'
import { noCounts, type Report, type Summary } from './report.ts'
import { Staging } from './staging.ts'
import { loadGrants, loadRosters, loadSchools, storedGroups } from './stored.ts'
import { openTable } from './table.ts'
import { bringGroups } from './write-groups.ts'
import { bringPeople } from './write-people.ts'

/** How far an import is: bytes of the feed read, then people compared and written. */
export type Progress = { readonly phase: 'reading' | 'writing'; readonly done: number; readonly total: number }

export type ImportOptions = {
  readonly client: DynamoDBClient
  readonly table: string
  /** A folder or a ZIP archive. */
  readonly path: string
  readonly now: () => Date
  readonly dryRun?: boolean
  readonly strict?: boolean
  /** Suspend even more than a tenth of a school's people. */
  readonly confirm?: boolean
  /** Tells feeds apart whose keys are unique within themselves only. Default: what the files' names say, or the format. */
  readonly source?: string
  readonly progress?: (progress: Progress) => void
}

type Format = {
  readonly format: Report['feed']['format']
  readonly source: string
  /** Undefined where only the manifest tells. */
  readonly delta: boolean | undefined
}

const formatOf = async (feed: Feed, path: string): Promise<Format> => {
  const aaf = aafDelivery(feed.files)
  if (aaf) return { format: 'aaf', delta: aaf.delta, source: aaf.entId ? `aaf:${aaf.entId.toLowerCase()}` : 'aaf' }
  const dialect = await dialectOf(feed.files)
  if (dialect) return { format: dialect, delta: undefined, source: dialect }
  throw new ImportRefused(
    `${path} holds no directory feed: neither AAF files (…_Eleve_….xml) nor OneRoster files (orgs.csv, users.csv)`,
  )
}

const notWhole = 'part of the feed is missing or could not be read: nobody is suspended for being absent from it'

/**
 * Nobody is absent from a feed that lacks something: those it does not name stay as they are, and so do the children
 * of those it names.
 */
const keepAbsent = (staging: Staging) =>
  staging.run('INSERT OR IGNORE INTO kept SELECT id FROM stored WHERE suspended = 0')

/**
 * Imports a directory feed: reads it into a temporary file, compares it with the table, and writes what differs.
 * `tell` is given the report, while what was found can still be read. Throws ImportRefused where there is nothing to import.
 */
export const importAndTell = async <Told>(
  options: ImportOptions,
  tell: (report: Summary, findings: Findings) => Told,
): Promise<Told> => {
  const { now, dryRun = false, strict = false, confirm = false, progress = () => {} } = options
  const began = now()
  const table = openTable(options.table, options.client)
  const staging = new Staging()
  let feed: Feed | undefined
  try {
    feed = await openFeed(options.path, finding => staging.found(finding))
    const { format, delta: said, source: usual } = await formatOf(feed, options.path)
    const source = options.source ?? usual
    await loadSchools(staging, table, source)

    const total = feed.files.reduce((sum, file) => sum + file.size, 0)
    let read = 0
    const files = {
      ...{ files: feed.files, staging, source, strict },
      progress: (bytes: number) => {
        read += bytes
        progress({ phase: 'reading', done: Math.min(read, total), total })
      },
    }
    const manifest = await manifestOf(oneRosterFiles(feed.files).get('manifest'), { ...files, apply: () => {} })
    const delta = said ?? manifest.delta
    const people = openPeople(staging, table, delta)
    const delivery: Delivery = { ...files, apply: people.apply }
    const outcome =
      format === 'aaf'
        ? await readAaf(delivery, delta)
        : await readOneRoster(delivery, format, manifest, await storedGroups(staging, table, delta))
    await people.flush()
    const whole = !delta && outcome.whole && feed.whole
    if (!delta) await loadRosters(staging, table, source)
    if (!delta && !whole) keepAbsent(staging)
    await relate(staging, table, delta)
    await loadGrants(staging, table)
    if (!delta && !whole) staging.found({ kind: 'left-out', reason: notWhole })
    const held = whole && !confirm ? holdBack(staging) : []

    const counts = noCounts()
    const into = dryRun ? undefined : table
    await bringGroups(staging, table, { source, into, whole, counts })
    const everyone =
      staging.get<{ count: number }>(`SELECT COUNT(*) AS count FROM ${delta ? 'affected' : 'person'}`)?.count ?? 0
    let done = 0
    const report = (people: number) => {
      done += people
      progress({ phase: 'writing', done: Math.min(done, everyone), total: everyone })
    }
    await bringPeople(staging, table, { source, into, delta, whole, now: began, counts, progress: report })
    const summary = {
      ...{ feed: { format, mode: outcome.mode, source }, dryRun, ...counts, held },
      ...{ written: table.written, seconds: (now().getTime() - began.getTime()) / 1000 },
    }
    return tell(summary, openFindings(staging))
  } finally {
    feed?.close()
    staging.close()
  }
}

/** Imports a feed of modest size: all that was found is in the report. */
export const importFeed = (options: ImportOptions): Promise<Report> =>
  importAndTell(options, (summary, findings) => ({ ...summary, findings: [...findings.all()] }))
