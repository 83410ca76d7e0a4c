import { epochSeconds } from '../../../../shared/kernel/dates.ts'
import { forEachConcurrent } from '../../../platform/concurrent.ts'
import { put } from '../../../platform/operation.ts'
import { openChanges } from '../changes.ts'
import { openComparison } from '../compare-people.ts'
import { type Writing, writeAfter, writeBefore } from '../deliver.ts'
import { noteDay } from '../last-delivery.ts'
import { openWriter } from '../platform.ts'
import type { Prepared } from '../prepare.ts'
import { noCounts } from '../report.ts'
import { type HeldSchool, keptFor, mostFindings, type RunFinding, type RunItem, runPatterns } from '../runs.ts'
import type { Staged, Staging, Todo } from '../staging.ts'
import { openPeopleWriter } from '../write-people.ts'
import { noted } from './plan.ts'
import type { Told } from './read-step.ts'
import { parts, type WorkItem } from './state.ts'
import type { Unattended } from './unattended.ts'

/** Pages of some hundred people written between two notes of how far the writing is, and at one time. */
const pagesAPortion = 4
const pagesAtOnce = 2
/** Schools whose people are counted between two notes. */
const schoolsAPortion = 20

const countsOf = (findings: readonly RunFinding[]) =>
  Object.fromEntries([...Map.groupBy(findings, one => one.kind)].map(([kind, those]) => [kind, those.length]))

/** Up to `most` of what a generator gives. */
const take = <Value>(values: Iterator<Value>, most: number): Value[] => {
  const taken: Value[] = []
  while (taken.length < most) {
    const next = values.next()
    if (next.done) break
    taken.push(next.value)
  }
  return taken
}

/**
 * Opens the writing of a staged delivery, in portions: `next` writes one of them and gives how far the writing is then,
 * undefined once all is written. A portion that was interrupted is written again, and ends the same.
 */
export const openWriting = (staging: Staging, { table }: Unattended, run: RunItem, began: Date) => {
  const prepared = noted<Prepared>(staging, 'prepared')
  const told = noted<Told>(staging, 'told')
  const { source, delta, suspends: whole } = prepared
  const writer = openWriter(table, false)
  // What is counted was counted when it was planned.
  const setting: Writing = { table, writer, now: began, counts: noCounts() }
  const comparison = openComparison(staging, table, {
    source,
    delta,
    whole,
    now: began,
    counts: noCounts(),
  })
  const people = openPeopleWriter(table, writer, staging.zone)

  const changes = openChanges(staging, table, { prepared, run, began })

  const writePeople = async (part: Todo, cursor: string): Promise<string> => {
    const pages: Staged[][] = take(staging.people(part, cursor), pagesAPortion)
    await forEachConcurrent(pages, async page => people.write(await comparison.compare(part, page)), pagesAtOnce)
    return pages.length < pagesAPortion ? '' : (pages.at(-1)?.at(-1)?.id ?? '')
  }

  /** The sizes of some schools: each step has a writer of its own, which knows of no change in another. */
  const countPeople = async (cursor: string): Promise<string> => {
    const uais = staging.schools().flatMap(({ uai }) => (uai > cursor ? uai : []))
    const some = uais.slice(0, schoolsAPortion)
    await openPeopleWriter(table, writer, staging.zone).finish(some)
    return uais.length > schoolsAPortion ? (some.at(-1) ?? '') : ''
  }

  const writeSchools = async (): Promise<string> => {
    const tallies = staging.all<{ uai: string; added: number; changed: number; gone: number }>('SELECT * FROM tally')
    const tally = new Map(tallies.map(one => [one.uai, one]))
    const held = new Map(prepared.held.map(one => [one.uai, one]))
    const uais = new Set([...staging.describedSchools().map(one => one.uai), ...tally.keys(), ...held.keys()])
    await table.writeMany(
      [...uais].map(uai => {
        const { added = 0, changed = 0, gone = 0 } = tally.get(uai) ?? {}
        const findings = told.findings.filter(one => one.uai === uai)
        const back = held.get(uai)
        return put(
          'school-run',
          runPatterns.schoolRun,
          { uai, run: run.run },
          {
            run: run.run,
            at: run.at,
            delivery: run.delivery,
            source,
            mode: prepared.mode,
            ...(told.chosen.date !== undefined && { date: told.chosen.date }),
            people: { added, changed, left: gone },
            ...(run.confirm.includes(uai) && !back && { confirmed: true as const }),
            ...(prepared.takenOver.some(one => one.uai === uai) && { moved: true as const }),
            ...(run.undo?.uai === uai && { undoes: run.undo.run, changedSince: told.changedSince ?? 0 }),
            ...(back && { held: back as HeldSchool }),
            findingCounts: countsOf(findings),
            findings: findings.slice(0, mostFindings.ofSchool),
            expiresAt: epochSeconds(began) + keptFor,
          },
        )
      }),
    )
    return ''
  }

  const writePart = async ({ part, cursor }: Pick<WorkItem, 'part' | 'cursor'>): Promise<string> => {
    switch (part) {
      case 'changes':
        return changes.write(cursor)
      case 'before':
        await writeBefore(prepared, staging, setting)
        return ''
      case 'sizes':
        return countPeople(cursor)
      case 'schools':
        return writeSchools()
      case 'after': {
        await writeAfter(prepared, staging, { table, writer })
        const isImported = run.deliveries.some(one => one.source === source)
        if (isImported) await noteDay(table, writer, told.chosen)
        return ''
      }
      default:
        return writePeople(part, cursor)
    }
  }

  return {
    written: writer.written,
    source,
    next: async (at: Pick<WorkItem, 'part' | 'cursor'>): Promise<Pick<WorkItem, 'part' | 'cursor'> | undefined> => {
      const cursor = await writePart(at)
      if (cursor !== '') return { part: at.part, cursor }
      const part = parts[parts.indexOf(at.part) + 1]
      return part && { part, cursor: '' }
    },
  }
}
