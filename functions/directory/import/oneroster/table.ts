import { textOf } from '../feed/decode.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import type { Bundle } from './bundle.ts'
import { CsvReader, type CsvRecord } from './csv.ts'
import type { FileFindings } from './file-findings.ts'

/** A row of a CSV file by its columns' names, trimmed; '' where it has none. */
export type Row = { readonly line: number; readonly get: (column: string) => string }

/** Other spellings of columns in real files, and the columns they stand for. */
const aliases: Readonly<Record<string, string>> = {
  agents: 'agentSourcedIds',
  agentsourcedid: 'agentSourcedIds',
  orgsourcedid: 'orgSourcedIds',
  schoolsourcedids: 'schoolSourcedId',
  classsourcedids: 'classSourcedId',
  grade: 'grades',
  // School Data Sync.
  rolestartdate: 'beginDate',
  roleenddate: 'endDate',
  sessionsourcedids: 'termSourcedIds',
  termsourcedid: 'termSourcedIds',
}
/** Aliases that are the standard name in other files or versions: no deviation. */
const usual = new Set(['orgsourcedid', 'grade', 'rolestartdate', 'roleenddate', 'sessionsourcedids'])

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9.]/g, '')
const canonical = (name: string): string => plain(aliases[plain(name)] ?? name)

type Columns = readonly (string | readonly string[])[]

const begin = ['sourcedId', 'status', 'dateLastModified']

const checkedHeader = (
  header: readonly string[],
  needed: Columns,
  { dialect }: Pick<Bundle, 'dialect'>,
  findings: FileFindings,
): Map<string, number> => {
  const indexes = new Map<string, number>()
  const twice = header.filter((name, at) => {
    if (name.trim() === '' || indexes.has(canonical(name))) return name.trim() !== ''
    indexes.set(canonical(name), at)
    return false
  })
  const missing = needed.filter(one => ![one].flat().some(name => indexes.has(canonical(name))))
  const separator = header.length === 1 && /[;\t]/.exec(header[0] ?? '')?.[0]
  if (separator)
    throw new FileRefused(
      `its columns are separated by ${separator === ';' ? 'semicolons' : 'tabs'} and not by commas: the whole file is refused`,
    )
  if (missing.length > 0)
    throw new FileRefused(
      `it has no column ${missing.map(one => [one].flat().join(' or ')).join(', ')}: the whole file is refused`,
    )
  if (dialect === 'oneroster' && begin.some((name, at) => header[at]?.trim() !== name))
    findings.ofFile(`its columns do not begin with ${begin.join()}`)
  if (twice.length > 0) findings.ofFile(`it has the column ${twice.join(', ')} twice: the first one is read`)
  const odd = header.filter(name => aliases[plain(name)] !== undefined && !usual.has(plain(name)))
  if (odd.length > 0)
    findings.ofFile(`the column ${odd.join(', ')} is read as ${odd.map(name => aliases[plain(name)]).join(', ')}`)
  return indexes
}

/** The line by which spreadsheets are told the separator: `sep=,`. It stands before the header. */
const isSeparatorLine = (record: CsvRecord): boolean =>
  record.kind === 'record' && record.line === 1 && /^sep=.?$/i.test(record.fields[0]?.trim() ?? '')

/** The records of a CSV file, the header too. Throws FileRefused where it cannot be decoded. */
export async function* recordsOf(file: FeedFile, progress?: (bytes: number) => void): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader()
  for await (const text of textOf(file, progress))
    for (const record of reader.push(text)) if (!isSeparatorLine(record)) yield record
  for (const record of reader.end()) if (!isSeparatorLine(record)) yield record
}

/** The names of a file's columns. Throws FileRefused where it cannot be read. */
export const headerOf = async (file: FeedFile): Promise<string[]> => {
  for await (const record of recordsOf(file)) return record.kind === 'record' ? [...record.fields] : []
  return []
}

/** What is wrong with a row whose number of fields is not that of the columns. */
const countOffence = (fields: readonly string[], columns: number): string | undefined => {
  if (fields.length < columns) return 'it has fewer fields than there are columns'
  return fields.slice(columns).some(field => field.trim() !== '')
    ? 'it has more fields than there are columns'
    : undefined
}

/**
 * The rows of a CSV file, read by the names of its columns. A row that cannot be read is reported, and the rest goes
 * on. Throws FileRefused if columns are missing.
 */
export async function* rowsOf(
  file: FeedFile,
  needed: Columns,
  bundle: Pick<Bundle, 'progress' | 'dialect' | 'incomplete'>,
  findings: FileFindings,
): AsyncGenerator<Row> {
  let indexes: Map<string, number> | undefined
  let columns = 0
  const refuse = (line: number, id: string | undefined, reason: string) => {
    findings.refused(line, id, reason)
    bundle.incomplete(id)
  }
  for await (const record of recordsOf(file, bundle.progress)) {
    const { line } = record
    if (!indexes) {
      if (record.kind === 'broken') throw new FileRefused(`its header: ${record.reason}`, line)
      indexes = checkedHeader(record.fields, needed, bundle, findings)
      columns = record.fields.length
      if (line > 1) findings.ofFile('its header is not its first line')
      continue
    }
    const known = indexes
    const first = known.get(canonical('sourcedId')) === 0
    if (record.kind === 'broken') {
      refuse(line, first ? /^"?([^",\r\n]{1,64})/u.exec(record.text)?.[1] : undefined, record.reason)
      continue
    }
    const { fields } = record
    if (fields.every(field => field.trim() === '')) continue
    const get = (column: string) => fields[known.get(canonical(column)) ?? -1]?.trim() ?? ''
    const id = get('sourcedId') || get('userSourcedId') || undefined
    const cut = needed.flat().filter(name => (known.get(canonical(name)) ?? -1) >= fields.length)
    const offence = record.stray ? 'a quote stands in a field without quotes' : countOffence(fields, columns)
    if (cut.length > 0) refuse(line, id, `it ends before its column ${cut[0]}`)
    else if (offence && findings.deviates(line, id, offence)) bundle.incomplete(id)
    else yield { line, get }
  }
  if (!indexes) throw new FileRefused('it is empty')
}
