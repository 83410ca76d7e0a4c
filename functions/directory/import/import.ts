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
import { type ImportPlatform, openWriter } from './platform.ts'
import { relate } from './relate.ts'
import { noCounts, type Report, type Summary } from './report.ts'
import { Staging } from './staging.ts'
import { loadGrants, loadRosters, loadSchools, storedGroups } from './stored.ts'
import { upsertGroups } from './write-groups.ts'
import { upsertPeople } from './write-people.ts'

export type ImportOptions = {
  /** A folder or a ZIP archive. */
  readonly path: string
  readonly dryRun?: boolean
  readonly strict?: boolean
  /** Suspend even more than a tenth of a school's people. */
  readonly confirm?: boolean
  /** Tells feeds apart whose keys are unique within themselves only. Default: what the files' names say, or the format. */
  readonly source?: string
}

type Format = {
  readonly format: Report['feed']['format']
  readonly source: string
  /** Undefined where only the manifest says it. */
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
const retainAbsent = (staging: Staging) =>
  staging.run('INSERT OR IGNORE INTO retained SELECT id FROM stored WHERE suspended = 0')

/**
 * Imports a directory feed: reads it into a temporary file, compares it with the table, and writes what differs. Takes
 * the same memory for a feed of any size.
 * @param report called with what was done once it is done; the findings, as many as they may be, can be read until it returns
 * @throws ImportRefused where there is nothing to import
 */
export const importAndReport = async <Reported>(
  { table, now, progress = () => {} }: ImportPlatform,
  { path, dryRun = false, strict = false, confirm = false, source: named }: ImportOptions,
  report: (summary: Summary, findings: Findings) => Reported,
): Promise<Reported> => {
  const began = now()
  const staging = new Staging()
  let feed: Feed | undefined
  try {
    feed = await openFeed(path, finding => staging.found(finding))
    const { format, delta: said, source: usual } = await formatOf(feed, path)
    const source = named ?? usual
    await loadSchools(staging, table, source)

    const bytes = feed.files.reduce((sum, file) => sum + file.size, 0)
    let read = 0
    const files = {
      files: feed.files,
      staging,
      source,
      strict,
      progress: (more: number) => {
        read += more
        progress({ phase: 'reading', done: Math.min(read, bytes), total: bytes })
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
    if (!delta && !whole) retainAbsent(staging)
    await relate(staging, table, delta)
    await loadGrants(staging, table)
    if (!delta && !whole) staging.found({ kind: 'left-out', reason: notWhole })
    const heldBack = whole && !confirm ? holdBack(staging) : []

    const counts = noCounts()
    const writer = openWriter(table, dryRun)
    await upsertGroups(staging, table, { source, writer, whole, counts })
    const total =
      staging.get<{ count: number }>(`SELECT COUNT(*) AS count FROM ${delta ? 'affected' : 'person'}`)?.count ?? 0
    let done = 0
    await upsertPeople(staging, table, {
      source,
      writer,
      delta,
      whole,
      now: began,
      counts,
      counted: staging.schools().map(({ uai }) => uai),
      progress: more => {
        done += more
        progress({ phase: 'writing', done: Math.min(done, total), total })
      },
    })
    const summary: Summary = {
      feed: { format, mode: outcome.mode, source },
      dryRun,
      ...counts,
      held: heldBack,
      written: writer.written(),
      seconds: (now().getTime() - began.getTime()) / 1000,
    }
    return report(summary, openFindings(staging))
  } finally {
    feed?.close()
    staging.close()
  }
}

/** Imports a feed of modest size: all that was found is in the report. */
export const importFeed = (platform: ImportPlatform, options: ImportOptions): Promise<Report> =>
  importAndReport(platform, options, (summary, findings) => ({ ...summary, findings: [...findings.all()] }))
