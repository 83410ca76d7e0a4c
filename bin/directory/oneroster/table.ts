import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { decoded } from '../feed/decode.ts'
import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import type { Findings } from './findings.ts'

/** A row of a CSV file by its columns' names, trimmed; '' where it has none. */
export type Row = { readonly line: number; readonly get: (column: string) => string }

/** Characters one record may hold. */
const longestRecord = 512 * 1024

/** Names written otherwise in real files, and what they stand for. */
const aliases: Readonly<Record<string, string>> = {
  agents: 'agentsourcedids',
  agentsourcedid: 'agentsourcedids',
  orgsourcedid: 'orgsourcedids',
  schoolsourcedids: 'schoolsourcedid',
  classsourcedids: 'classsourcedid',
  grade: 'grades',
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9.]/g, '')
const canonical = (name: string): string => aliases[plain(name)] ?? plain(name)

type Columns = readonly (string | readonly string[])[]

const checkedHeader = (header: readonly string[], needed: Columns, findings: Findings): Map<string, number> => {
  const places = new Map(header.map((name, place) => [canonical(name), place]))
  const missing = needed.filter(one => ![one].flat().some(name => places.has(canonical(name))))
  if (missing.length > 0)
    throw new FileRefused(
      `it has no column ${missing.map(one => [one].flat().join(' or ')).join(', ')}: the whole file is refused`,
    )
  if (
    header
      .slice(0, 3)
      .map(name => name.trim())
      .join() !== 'sourcedId,status,dateLastModified'
  )
    findings.ofFile('its columns do not begin with sourcedId,status,dateLastModified')
  const odd = header.filter(
    name => aliases[plain(name)] !== undefined && name.trim() !== 'orgSourcedId' && name.trim() !== 'grade',
  )
  if (odd.length > 0) findings.ofFile(`the column ${odd.join(', ')} is read as ${odd.map(canonical).join(', ')}`)
  return places
}

async function* records(
  file: FeedFile,
  progress: (bytes: number) => void,
): AsyncGenerator<{ fields: string[]; line: number }> {
  const stream = await file.open()
  const counted = async function* () {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      progress(bytes.length)
      yield bytes
    }
  }
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  })
  const source = Readable.from(decoded(counted()))
  source.once('error', error => parser.destroy(error))
  source.pipe(parser)
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
    yield { fields: record, line: info.lines }
}

/**
 * The rows of a CSV file, read by the names of its columns (RFC 4180, with or without a byte order mark). Throws
 * FileRefused if columns are missing, and where the text stops being CSV.
 */
export async function* rowsOf(
  file: FeedFile,
  needed: Columns,
  { progress }: Pick<Delivery, 'progress'>,
  findings: Findings,
): AsyncGenerator<Row> {
  let places: Map<string, number> | undefined
  try {
    for await (const { fields, line } of records(file, progress)) {
      if (!places) {
        places = checkedHeader(fields, needed, findings)
        continue
      }
      const known = places
      if (fields.length > known.size && fields.slice(known.size).some(field => field !== ''))
        findings.deviates(line, undefined, 'it has more fields than there are columns')
      yield { line, get: column => fields[known.get(canonical(column)) ?? -1]?.trim() ?? '' }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FileRefused(`it stops being CSV: ${error.message}`)
  }
  if (!places) throw new FileRefused('it is empty')
}
