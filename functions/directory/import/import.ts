import { importPatterns } from '../patterns.ts'
import { deltasBefore } from './aaf/choose.ts'
import { deliver } from './deliver.ts'
import { openDryTable } from './dry-table.ts'
import type { Chosen } from './feed/chosen.ts'
import { deliveriesOf } from './feed/deliveries.ts'
import type { Feed } from './feed/file.ts'
import { type Finding, ImportRefused } from './feed/finding.ts'
import { openFeed } from './feed/open.ts'
import { type Findings, openFindings } from './findings.ts'
import type { HeldBack } from './guard.ts'
import { lastDay, noteDay } from './last-delivery.ts'
import { outcomeOf } from './outcome.ts'
import { type ImportPlatform, openWriter } from './platform.ts'
import type { Setting } from './prepare.ts'
import { type Imported, noCounts, type Report, type Summary } from './report.ts'
import { Staging } from './staging.ts'
import { consistent } from './stored.ts'
import type { YearTaken } from './years/report.ts'

export type ImportOptions = {
  /** A folder or a ZIP archive. */
  readonly path: string
  readonly dryRun?: boolean
  readonly strict?: boolean
  /** The UAIs of held schools that are imported all the same. */
  readonly confirm?: readonly string[]
  /** Import deliveries older than the last one too, and a delta before any complete delivery. */
  readonly outOfOrder?: boolean
  /** Tells feeds apart whose keys are unique within themselves only. Default: what the files' names say, or the format. */
  readonly source?: string
  /** The school year of what is imported (the first of its calendar years). Default: what the delivery tells. */
  readonly year?: number
  /** Month and day on which a school year begins in this territory. Default: 09-01. */
  readonly yearBegins?: string
}

const withSource = (chosen: readonly Chosen[], source: string | undefined, path: string): readonly Chosen[] => {
  if (source === undefined) return chosen
  const sources = new Set(chosen.map(one => one.source))
  if (sources.size > 1)
    throw new ImportRefused(
      `${path} holds deliveries of ${sources.size} sources (${[...sources].join(', ')}), so that --source cannot name them all: import them one by one`,
    )
  return chosen.map(one => ({ ...one, source }))
}

const isoDay = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`

/**
 * The delivery as far as it may be imported now. What comes too late or too early is asked: it would take back what a
 * later delivery said, or say something of people whom nobody has described.
 */
export const inTime = async (
  chosen: Chosen,
  { table }: Pick<ImportPlatform, 'table'>,
  found: (finding: Finding) => void,
): Promise<Chosen | undefined> => {
  const { source, delta, date, files } = chosen
  const file = files[0]?.name ?? ''
  const ask = (reason: string) => {
    found({ kind: 'asked', file, reason: `${reason}. Nothing of it is imported: say --out-of-order to do so` })
    return undefined
  }
  if (delta && (await table.all(importPatterns.feedSchools, { source }, consistent)).length === 0)
    return ask(`it is a delta, and ${source} has had no complete delivery`)
  const last = await lastDay(table, source)
  if (last === undefined || date === undefined) return chosen
  if (date < last) return ask(`it is of ${isoDay(date)}, and ${source} had a delivery of ${isoDay(last)} already`)
  const old = delta ? deltasBefore(files, last) : []
  for (const { name } of old)
    found({ kind: 'left-out', file: name, reason: `a delivery of ${isoDay(last)} was imported before: it is not read` })
  return { ...chosen, files: files.filter(one => !old.includes(one)) }
}

type Total = {
  readonly deliveries: Imported[]
  readonly years: YearTaken[]
  readonly held: HeldBack[]
  readonly known: Set<string>
  whole: boolean
}

const importOne = async (
  chosen: Chosen,
  setting: Setting,
  { found, outOfOrder }: { found: (finding: Finding) => void; outOfOrder: boolean },
  total: Total,
): Promise<void> => {
  const timely = outOfOrder ? chosen : await inTime(chosen, setting, found)
  if (!timely) return
  const staging = new Staging(found, setting.now, setting.timeZone)
  try {
    const { mode, held, whole, empty, years } = await deliver(timely, staging, setting)
    const { format, source, date } = timely
    total.held.push(...held)
    for (const { uai } of staging.schools()) total.known.add(uai)
    if (!whole) total.whole = false
    if (empty) return
    const described = staging.schools().length
    if (described > 0 && held.length === described) return
    total.years.push(...years)
    total.deliveries.push({ format, mode, source, ...(date !== undefined && { date }) })
    await noteDay(setting.table, setting.writer, timely)
  } finally {
    staging.close()
  }
}

/**
 * Imports what lies under a path: its deliveries, one after the other, each read into a temporary file, compared with
 * the table, and what differs written. Takes the same memory for a feed of any size.
 * @param report called with what was done once it is done; the findings, as many as they may be, can be read until it returns
 * @throws ImportRefused where there is nothing to import
 */
export const importAndReport = async <Reported>(
  { table, now, timeZone, progress = () => {} }: ImportPlatform,
  { path, dryRun = false, strict = false, confirm = [], outOfOrder = false, source, year, yearBegins }: ImportOptions,
  report: (summary: Summary, findings: Findings) => Reported,
): Promise<Reported> => {
  const began = now()
  const { findings, found, close } = openFindings()
  const scratch = new Staging(found, began, timeZone)
  let feed: Feed | undefined
  let dry: ReturnType<typeof openDryTable> | undefined
  try {
    feed = await openFeed(path, found)
    const all = withSource(await deliveriesOf(feed.files, path, { table, scratch, found }), source, path)
    const bytes = feed.files.reduce((sum, file) => sum + file.size, 0)
    let read = 0
    const setting: Setting = {
      table,
      writer: openWriter(table, dryRun),
      now: began,
      timeZone,
      strict,
      confirm: new Set(confirm),
      counts: noCounts(),
      whole: feed.whole,
      read: more => {
        read += more
        progress({ phase: 'reading', done: Math.min(read, bytes), total: bytes })
      },
      progress,
      ...(year !== undefined && { year }),
      ...(yearBegins !== undefined && { yearBegins }),
    }
    const total: Total = { deliveries: [], years: [], held: [], known: new Set(), whole: true }
    dry = dryRun && all.length > 1 ? openDryTable(table) : undefined
    for (const [at, chosen] of all.entries())
      try {
        // What follows it in a dry run finds what it would have written.
        const kept = dry && { table: dry.table, writer: openWriter(dry.table, at === all.length - 1) }
        await importOne(chosen, { ...setting, ...kept }, { found, outOfOrder }, total)
      } catch (error) {
        if (!(error instanceof ImportRefused) || all.length === 1) throw error
        found({ kind: 'refused', file: chosen.files[0]?.name ?? '', reason: error.message })
      }
    for (const uai of confirm.filter(one => !total.known.has(one)))
      found({ kind: 'left-out', reason: `the school ${uai} is confirmed, but no delivery is about it` })
    const { counts, writer } = setting
    const { deliveries, years, held, whole } = total
    const { newYear, ...counted } = counts
    const result = { counts, held, deliveries: deliveries.length, incomplete: !whole, findings }
    const summary: Summary = {
      ...outcomeOf(result),
      deliveries,
      dryRun,
      ...counted,
      joined: findings.count('joined'),
      years,
      ...(newYear.schools > 0 && { newYear }),
      held,
      written: writer.written(),
      seconds: (now().getTime() - began.getTime()) / 1000,
    }
    return report(summary, findings)
  } finally {
    feed?.close()
    dry?.close()
    scratch.close()
    close()
  }
}

/** Imports a feed of modest size: all that was found is in the report. */
export const importFeed = (platform: ImportPlatform, options: ImportOptions): Promise<Report> =>
  importAndReport(platform, options, (summary, findings) => ({ ...summary, findings: [...findings.all()] }))
