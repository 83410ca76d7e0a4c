import { cut } from '../../../../shared/kernel/text.ts'
import type { Period } from '../../record.ts'
import { never } from '../people/dated.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { type FileFindings, openFileFindings } from './file-findings.ts'
import { dayOf } from './modified.ts'
import { statusOf } from './status.ts'
import { type Row, rowsOf } from './table.ts'

/**
 * A date as ISO 8601; undefined if it cannot be read as one: not ISO 8601 and ambiguous, or of no calendar.
 */
export const isoDay = (text: string): string | undefined => {
  const digits = /^(\d{4}-\d{2}-\d{2}([T ]\S*)?|\d{1,2}[/.]\d{1,2}[/.]\d{4})$/.test(text) ? dayOf(text) : undefined
  if (!digits) return undefined
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  const read = new Date(`${day}T00:00:00.000Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : undefined
}

/** Names of the columns of a row's first day, and of the day after its last one. */
const ofRoles = ['beginDate', 'endDate'] as const
const ofSessions = ['startDate', 'endDate'] as const

/**
 * From when to when a row counts. The standard: its first day counts, its `endDate` does not any more. A row with a date
 * that cannot be read counts never, and that is reported.
 */
export const periodOf = (
  row: Row,
  key: string,
  findings: FileFindings,
  columns: readonly [string, string] = ofRoles,
): Period => {
  const read = columns.map(column => ({ column, text: row.get(column), day: isoDay(row.get(column)) }))
  const [from, to] = read.map(one => one.day)
  const wrong = read.find(({ text, day }) => text !== '' && day === undefined)
  if (!wrong) return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  const shown = JSON.stringify(cut(wrong.text, 40))
  findings.refused(row.line, key, `its ${wrong.column} ${shown} cannot be read as a date: it does not count on any day`)
  return never
}

/** When the terms of a class are; undefined for a class whose terms the feed does not describe. */
export type Terms = (sourcedIds: readonly string[]) => Period | undefined

/** The period from the beginning of the first to the end of the last. Holidays in between count: the class exists. */
const hull = (periods: readonly Period[]): Period => {
  const real = periods.filter(one => one !== never)
  if (real.length === 0) return never
  const from = real.map(one => one.from ?? '').sort()[0]
  const to = real.every(one => one.to !== undefined)
    ? real
        .map(one => one.to ?? '')
        .sort()
        .at(-1)
    : undefined
  return { ...(from && { from }), ...(to !== undefined && { to }) }
}

/** Reads academicSessions.csv: when terms begin and end. */
export const readSessions = async (file: BundleFile | undefined, bundle: Bundle): Promise<Terms> => {
  const sessions = new Map<string, Period>()
  if (file) {
    const findings = openFileFindings(bundle.staging, file.name, bundle.strict)
    for await (const row of rowsOf(file, ['sourcedId', 'startDate', 'endDate'], bundle, findings)) {
      const key = row.get('sourcedId')
      if (statusOf(row, key, file, findings) !== 'active') continue
      sessions.set(key, periodOf(row, key, findings, ofSessions))
    }
    findings.close()
  }
  return ids => {
    const known = ids.flatMap(id => sessions.get(id) ?? [])
    return known.length > 0 && known.length === ids.length ? hull(known) : undefined
  }
}
