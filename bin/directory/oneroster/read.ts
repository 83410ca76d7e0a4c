import { readThrough } from '../feed/decode.ts'
import type { Delivery, Outcome } from '../feed/delivery.ts'
import { FileRefused, ImportRefused } from '../feed/finding.ts'
import type { GroupRef } from '../people/record.ts'
import type { Bundle, BundleFile, Dialect, FileKind } from './bundle.ts'
import { readClasses } from './classes.ts'
import { readEnrollments } from './enrollments.ts'
import { type Manifest, oneRosterFiles } from './manifest.ts'
import { readRoles, readRolesAlone } from './posts.ts'
import { readRelationships } from './relationships.ts'
import { readSchools } from './schools.ts'
import { readUsers } from './users.ts'

/** The files without which a bulk feed does not say who is where. */
const needed: readonly FileKind[] = ['orgs', 'classes', 'users', 'enrollments']

/** Reads a OneRoster 1.1 or 1.2 delivery, bulk or delta, or one of School Data Sync 2.1. */
export const readOneRoster = async (
  delivery: Delivery,
  dialect: Dialect,
  { delta, modes }: Manifest,
  stored: (id: string) => GroupRef | undefined,
): Promise<Outcome> => {
  const { staging, strict } = delivery
  const files = oneRosterFiles(delivery.files)
  let whole = true
  const incomplete = () => {
    whole = false
  }
  const bundle: Bundle = { ...delivery, dialect, delta, incomplete }

  if (dialect === 'oneroster' && !files.has('manifest')) {
    const reason = 'the feed has no manifest.csv'
    if (strict) throw new ImportRefused(`${reason}: it is not known whether it is bulk or delta`)
    staging.found({ kind: 'deviation', reason: `${reason}: it is read as bulk` })
  }

  const present = (kind: FileKind): BundleFile | undefined => {
    const file = files.get(kind)
    const mode = modes.get(kind)
    if (file && mode !== 'absent') return { ...file, delta: mode ? mode === 'delta' : delta }
    if (file)
      staging.found({ kind: 'deviation', file: file.name, reason: 'the manifest says it is absent: it is not read' })
    else if (mode && mode !== 'absent')
      staging.found({ kind: 'refused', file: `${kind}.csv`, reason: 'the manifest promises it, and it is not there' })
    else if (!delta && needed.includes(kind))
      staging.found({ kind: 'left-out', file: `${kind}.csv`, reason: 'it is not there: the feed is read without' })
    else return undefined
    if (needed.includes(kind) || !file) incomplete()
    return undefined
  }

  /** Reads a file; one that is refused is read as if it were not there. */
  const attempt = async <Value>(
    kind: FileKind,
    read: (file: BundleFile | undefined) => Promise<Value>,
  ): Promise<Value> => {
    const file = present(kind)
    try {
      if (file) await readThrough(file)
      return await read(file)
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      incomplete()
      staging.found(error.of(file?.name ?? `${kind}.csv`))
      return read(undefined)
    }
  }

  const schools = await attempt('orgs', file => readSchools(file, bundle))
  const classes = await attempt('classes', file => readClasses(file, bundle, schools, stored))
  await attempt('roles', async file => file && readRoles(file, bundle))
  await attempt('relationships', async file => file && readRelationships(file, bundle))
  await attempt('users', async file => file && readUsers(file, bundle, schools))
  await readRolesAlone(bundle, schools)
  await attempt('enrollments', async file => file && readEnrollments(file, bundle, classes))
  return { mode: delta ? 'delta' : 'complete', whole }
}
