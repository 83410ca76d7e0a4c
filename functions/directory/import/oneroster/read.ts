import type { Delivery, Outcome } from '../feed/delivery.ts'
import { ImportRefused } from '../feed/finding.ts'
import type { Bundle, Dialect, FileKind } from './bundle.ts'
import { readClasses } from './classes.ts'
import { readEnrollments } from './enrollments.ts'
import { openFiles } from './files.ts'
import { type Manifest, oneRosterFiles } from './manifest.ts'
import { readSessions } from './periods.ts'
import { readRoles, readRolesAlone } from './posts.ts'
import { readRelationships } from './relationships.ts'
import { readSchools } from './schools.ts'
import { readUsers } from './users.ts'

/** Files whose absence from a bulk feed would wrongly remove people's classes, roles or guardians. */
const vital: readonly FileKind[] = ['classes', 'roles', 'relationships', 'enrollments']

/**
 * Reads a OneRoster 1.1 or 1.2 delivery, bulk or delta, or one of School Data Sync 2.1. Throws ImportRefused where
 * a file is missing without which people would lose roles.
 */
export const readOneRoster = async (delivery: Delivery, dialect: Dialect, manifest: Manifest): Promise<Outcome> => {
  const { staging, strict } = delivery
  const { delta } = manifest
  const known = staging.schools().length > 0
  let whole = true
  const incomplete = () => {
    whole = false
  }
  const bundle: Bundle = { ...delivery, dialect, delta, incomplete }
  const { read, unread } = openFiles(delivery, manifest, incomplete)

  if (dialect === 'oneroster' && !oneRosterFiles(delivery.files).has('manifest')) {
    const reason = 'the feed has no manifest.csv'
    if (strict) throw new ImportRefused(`${reason}: it is not known whether it is bulk or delta`)
    staging.found({ kind: 'deviation', reason: `${reason}: it is read as bulk` })
  }

  const schools = await read('orgs', file => readSchools(file, bundle))
  await delivery.groups.load(staging.schools().map(({ uai }) => uai))
  const terms = await read('academicSessions', file => readSessions(file, bundle))
  const classes = await read('classes', file => readClasses(file, bundle, schools, terms))
  await read('roles', async file => file && readRoles(file, bundle))
  await read('relationships', async file => file && readRelationships(file, bundle))
  await read('users', async file => {
    if (file) await readUsers(file, bundle, schools)
    if (file || delta) await readRolesAlone(bundle, schools)
  })
  // Without users.csv every enrollment would be refused, one by one.
  const people = delta || !unread.has('users')
  await read('enrollments', async file => file && people && readEnrollments(file, bundle, schools, classes))
  for (const kind of vital)
    if (known && people && !delta && unread.has(kind))
      throw new ImportRefused(
        `${kind}.csv: ${unread.get(kind)}. As people would lose what it tells of them, nothing is imported`,
      )
  return { mode: delta ? 'delta' : 'complete', whole }
}
