import { basename } from 'node:path/posix'
import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import { openFindings } from './findings.ts'
import { rowsOf } from './table.ts'

/** The files that are read. What else a feed brings (demographics above all) is nobody's business here. */
const read = ['orgs', 'classes', 'users', 'roles', 'enrollments', 'relationships'] as const
export type FileKind = (typeof read)[number]

export const oneRosterFiles = (files: readonly FeedFile[]): Map<FileKind | 'manifest', FeedFile> => {
  const found = new Map<FileKind | 'manifest', FeedFile>()
  for (const file of files) {
    const name = basename(file.name).toLowerCase()
    const kind = [...read, 'manifest' as const].find(one => name === `${one}.csv`)
    if (kind && !found.has(kind)) found.set(kind, file)
  }
  return found
}

export type Manifest = {
  readonly delta: boolean
  readonly absent: ReadonlySet<FileKind>
  readonly promised: readonly FileKind[]
}

/** What a feed's manifest says; one without is a whole one. */
export const manifestOf = async (file: FeedFile | undefined, delivery: Delivery): Promise<Manifest> => {
  if (!file) return { delta: false, absent: new Set(), promised: [] }
  const said = new Map<string, string>()
  const findings = openFindings(delivery.staging, file.name, false)
  const header = { ...findings, ofFile: () => {} }
  for await (const row of rowsOf(file, ['propertyName', 'value'], delivery, header))
    said.set(row.get('propertyName').toLowerCase(), row.get('value').toLowerCase())
  const of = (kind: FileKind) => said.get(`file.${kind}`) ?? ''
  return {
    delta: read.some(kind => of(kind) === 'delta'),
    absent: new Set(read.filter(kind => of(kind) === 'absent')),
    promised: read.filter(kind => of(kind) === 'bulk' || of(kind) === 'delta'),
  }
}
