import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cut } from '../../../../shared/kernel/text.ts'
import type { Chosen } from '../feed/chosen.ts'
import { deliveriesOf } from '../feed/deliveries.ts'
import type { Feed } from '../feed/file.ts'
import { type Finding, ImportRefused } from '../feed/finding.ts'
import { openFeed } from '../feed/open.ts'
import { openFindings } from '../findings.ts'
import { inTime } from '../import.ts'
import { type Prepared, prepare } from '../prepare.ts'
import type { Counts } from '../report.ts'
import { mostFindings, type RunFinding, type RunItem } from '../runs.ts'
import { Staging } from '../staging.ts'
import { findingsBySchool, note, plan } from './plan.ts'
import { firstPart, type WorkItem } from './state.ts'
import type { Unattended } from './unattended.ts'

/** What a step leaves: the run as it is shown, and how far it is. */
export type Stepped = { readonly run: RunItem; readonly work: WorkItem; readonly ended: boolean }

/** What a delivery within a run is told by: its content may be imported in no other step. */
const textOf = ({ source, delta, date }: Chosen) => [source, delta ? 'delta' : 'complete', date ?? ''].join(' ')

/** Characters of a reason that are kept of a finding. */
const longest = 500

/** Collects findings: their numbers, and the first of them. */
const openSink = (run: RunItem) => {
  const counts: Record<string, number> = { ...run.findingCounts }
  const first: RunFinding[] = [...run.findings]
  const all = openFindings()
  let muted = false
  return {
    counts,
    first,
    close: all.close,
    /** Later steps of a run find again what is to be said of the whole path. */
    mute: (is: boolean) => {
      muted = is
    },
    found: (finding: Finding) => {
      const { kind, reason, ...rest } = finding
      if (muted || !all.found(finding)) return
      counts[kind] = (counts[kind] ?? 0) + 1
      if (first.length < mostFindings.ofRun) first.push({ kind, ...rest, reason: cut(reason, longest) })
    },
  }
}

const added = (
  run: RunItem,
  { people, groups, schools, newYear }: Counts,
): Pick<RunItem, 'people' | 'groups' | 'schools' | 'newYear'> => {
  const sum = <Of extends Record<string, number>>(one: Of, other: Of): Of =>
    Object.fromEntries(Object.entries(one).map(([name, value]) => [name, value + (other[name] ?? 0)])) as Of
  return {
    people: sum(run.people, people),
    groups: sum(run.groups, groups),
    schools: sum(run.schools, schools),
    newYear: { ...sum(run.newYear, newYear), year: Math.max(run.newYear.year, newYear.year) },
  }
}

/** What the writing of a delivery tells of it at the end. */
export type Told = {
  readonly chosen: Pick<Chosen, 'format' | 'source' | 'date'>
  readonly findings: RunFinding[]
  /** See SchoolRunItem. */
  readonly changedSince?: number
}

/**
 * Reads the next delivery of what came, and stores what is staged of it for the steps that write; ends the run if there is
 * no more. Writes nothing of the directory. Repeated, it does the same.
 */
export const readStep = async (
  { bucket, table, now, yearBegins, config: { timeZone } }: Unattended,
  run: RunItem,
  work: WorkItem,
  counts: Counts,
): Promise<Stepped> => {
  const began = new Date(work.began ?? now())
  const folder = await mkdtemp(join(tmpdir(), 'preau-import-'))
  const sink = openSink(run)
  const done = [...work.done]
  const known = new Set(work.known)
  let incomplete = work.incomplete
  let feed: Feed | undefined
  const scratch = new Staging(sink.found, began, timeZone)
  try {
    const path = await bucket.fetch(work.delivery, folder)
    sink.mute(work.done.length > 0)
    feed = await openFeed(path, sink.found)
    const all = await deliveriesOf(feed.files, work.delivery, { table, scratch, found: sink.found })
    sink.mute(false)
    const told = () => ({ ...run, findingCounts: sink.counts, findings: sink.first })
    const next = (): WorkItem => ({
      ...work,
      began: began.toISOString(),
      done,
      known: [...known],
      incomplete,
      tries: 0,
    })
    for (const chosen of all) {
      const text = textOf(chosen)
      if (done.includes(text) || (work.source !== undefined && chosen.source !== work.source)) continue
      done.push(text)
      const timely = await inTime(chosen, { table }, sink.found)
      if (!timely) continue
      const file = join(folder, 'staging.sqlite')
      const staging = new Staging(sink.found, began, timeZone, file)
      const before = sink.first.length
      try {
        const prepared: Prepared = await prepare(timely, staging, {
          table,
          now: began,
          ...(yearBegins !== undefined && { yearBegins }),
          strict: false,
          confirm: new Set(work.confirm),
          whole: feed.whole,
          read: () => {},
        })
        if (!prepared.empty) await plan(prepared, staging, { table, now: began, counts })
        const findings = findingsBySchool(staging, sink.first.slice(before))
        const { format, source, date } = timely
        note(staging, 'prepared', prepared)
        note(staging, 'told', { chosen: { format, source, ...(date !== undefined && { date }) }, findings } as Told)
        for (const { uai } of staging.schools()) if (work.confirm.includes(uai)) known.add(uai)
        const described = staging.schools().length
        const imported = !prepared.empty && !(described > 0 && prepared.held.length === described)
        if (!prepared.whole) incomplete = true
        const delivery = { format, source, mode: prepared.mode, ...(date !== undefined && { date }) }
        if (prepared.empty) continue
        staging.close()
        const files = await bucket.keep(work.run, file)
        return {
          ended: false,
          run: {
            ...told(),
            ...added(run, counts),
            state: 'writing',
            held: [...run.held, ...prepared.held.map(one => ({ ...one, losses: [...one.losses] }))],
            deliveries: imported ? [...run.deliveries, delivery] : run.deliveries,
          },
          work: { ...next(), stage: 'write', current: text, part: firstPart, cursor: '', files },
        }
      } catch (error) {
        if (!(error instanceof ImportRefused) || all.length === 1) throw error
        sink.found({ kind: 'refused', file: chosen.files[0]?.name ?? '', reason: error.message })
      } finally {
        staging.close()
        await rm(file, { force: true })
      }
    }
    for (const uai of work.confirm.filter(one => !known.has(one)))
      sink.found({ kind: 'left-out', reason: `the school ${uai} is confirmed, but no delivery is about it` })
    return { ended: true, run: told(), work: next() }
  } catch (error) {
    if (error instanceof ImportRefused) throw new ImportRefused(error.message.replaceAll(folder, '').trim())
    throw error
  } finally {
    scratch.close()
    feed?.close()
    sink.close()
    await rm(folder, { recursive: true, force: true })
  }
}
