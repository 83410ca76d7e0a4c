import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import { recordsOf } from './table.ts'

const digits = (year: string, month: string, day: string): string | undefined => {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (y < 2000 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31) return undefined
  return `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`
}

/**
 * The day of a `dateLastModified` as yyyymmdd: ISO 8601, as the standard wants it, or day and month as spreadsheets
 * write them. Undefined where it cannot be told which of the two is the month.
 */
export const dayOf = (text: string): string | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? []
  if (year && month && day) return digits(year, month, day)
  const [, first, second, last] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})/.exec(text) ?? []
  if (!first || !second || !last) return undefined
  if (Number(first) > 12 || first === second) return digits(last, second, first)
  return Number(second) > 12 ? digits(last, first, second) : undefined
}

/** The last day on which a record of these files was changed (yyyymmdd); undefined if none tells one. */
export const lastModified = async (files: Iterable<FeedFile>): Promise<string | undefined> => {
  let last: string | undefined
  for (const file of files) {
    let column: number | undefined
    try {
      for await (const record of recordsOf(file)) {
        if (record.kind === 'broken') continue
        if (column === undefined) {
          column = record.fields.findIndex(name => name.trim().toLowerCase() === 'datelastmodified')
          if (column < 0) break
          continue
        }
        const day = dayOf(record.fields[column]?.trim() ?? '')
        if (day && (!last || day > last)) last = day
      }
    } catch (error) {
      // The reader of the file reports it.
      if (!(error instanceof FileRefused)) throw error
    }
  }
  return last
}
