import { basename } from 'node:path/posix'
import { cut } from '../../../../shared/kernel/text.ts'
import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused, ImportRefused } from '../feed/finding.ts'
import { type Dialect, type FileKind, fileKinds } from './bundle.ts'
import { openFileFindings } from './file-findings.ts'
import { headerOf, rowsOf } from './table.ts'

export const oneRosterFiles = (files: readonly FeedFile[]): Map<FileKind | 'manifest', FeedFile> => {
  const found = new Map<FileKind | 'manifest', FeedFile>()
  for (const file of files) {
    const name = basename(file.name).toLowerCase()
    const kind = [...fileKinds, 'manifest' as const].find(one => name === `${one.toLowerCase()}.csv`)
    if (kind && !found.has(kind)) found.set(kind, file)
  }
  return found
}

/** Without manifest and without statuses, a feed is of School Data Sync; undefined if it is neither. */
export const dialectOf = async (files: readonly FeedFile[]): Promise<Dialect | undefined> => {
  const found = oneRosterFiles(files)
  const users = found.get('users')
  if (found.has('manifest')) return found.size > 1 ? 'oneroster' : undefined
  if (!users) return found.has('orgs') ? 'oneroster' : undefined
  if (found.has('relationships')) return 'sds'
  const header = await headerOf(users).catch((error: unknown) => {
    if (error instanceof FileRefused) return ['status']
    throw error
  })
  return header.length > 1 && !header.some(name => name.trim().toLowerCase() === 'status') ? 'sds' : 'oneroster'
}

type Mode = 'absent' | 'bulk' | 'delta'

/** What a feed's manifest says of each file; nothing, if there is none. */
export type Manifest = { readonly delta: boolean; readonly modes: ReadonlyMap<FileKind, Mode> }

const isMode = (value: string | undefined): value is Mode => value === 'absent' || value === 'bulk' || value === 'delta'

const versions = ['1.1', '1.2', 'v1.1', 'v1.2']

/** What is known without a manifest. */
export const noManifest: Manifest = { delta: false, modes: new Map() }

/** Reads manifest.csv. Throws ImportRefused if it cannot be read: then nobody knows whether to suspend the absent. */
export const manifestOf = async (file: FeedFile | undefined, delivery: Omit<Delivery, 'groups'>): Promise<Manifest> => {
  if (!file) return noManifest
  const said = new Map<string, string>()
  const findings = openFileFindings(delivery.staging, file.name, false)
  const refuse = (reason: string): never => {
    throw new ImportRefused(`${file.name}: ${reason}, so that it is not known whether the feed is bulk or delta`)
  }
  try {
    // Read as School Data Sync's files are, because it has none of the columns that OneRoster's other files begin with.
    const bundle = { ...delivery, dialect: 'sds' as const, incomplete: () => refuse('a row of it cannot be read') }
    for await (const row of rowsOf(file, ['propertyName', 'value'], bundle, findings))
      said.set(row.get('propertyName').toLowerCase(), row.get('value').toLowerCase())
  } catch (error) {
    if (error instanceof FileRefused) refuse(error.message)
    throw error
  }
  findings.close()
  const version = said.get('oneroster.version') ?? ''
  if (!versions.includes(version))
    delivery.staging.found({
      kind: 'deviation',
      file: file.name,
      reason: `its oneroster.version is ${JSON.stringify(cut(version, 20))}: it is read as 1.1 and 1.2 are`,
    })
  const modes = new Map(
    fileKinds.flatMap((kind): [FileKind, Mode][] => {
      const mode = said.get(`file.${kind.toLowerCase()}`) ?? said.get(`file.${kind.toLowerCase()}.csv`)
      if (mode !== undefined && !isMode(mode))
        refuse(`it says ${JSON.stringify(cut(mode, 20))} of ${kind}, which is neither absent, bulk nor delta`)
      return isMode(mode) ? [[kind, mode]] : []
    }),
  )
  return { delta: [...modes.values()].includes('delta'), modes }
}
