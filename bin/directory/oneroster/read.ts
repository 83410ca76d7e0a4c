import type { Delivery, Outcome } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import type { GroupRef } from '../people/record.ts'
import { readClasses } from './classes.ts'
import { readEnrollments } from './enrollments.ts'
import { type FileKind, type Manifest, oneRosterFiles } from './manifest.ts'
import { readSchools } from './schools.ts'
import { readRelationships, readRoles, readUsers } from './users.ts'

/** Reads a OneRoster 1.1 or 1.2 delivery, bulk or delta, or one of School Data Sync 2.1. */
export const readOneRoster = async (
  delivery: Delivery,
  { delta, absent, promised }: Manifest,
  stored: (id: string) => GroupRef | undefined,
): Promise<Outcome> => {
  const { staging } = delivery
  const files = oneRosterFiles(delivery.files)
  let whole = true
  const present = (kind: FileKind): FeedFile | undefined => {
    const file = files.get(kind)
    if (!file && promised.includes(kind)) {
      whole = false
      staging.found({ kind: 'refused', file: `${kind}.csv`, reason: 'the manifest promises it, and it is not there' })
    }
    if (file && absent.has(kind)) {
      staging.found({ kind: 'deviation', file: file.name, reason: 'the manifest says it is absent: it is not read' })
      return undefined
    }
    return file
  }
  const attempt = async <Value>(
    kind: FileKind,
    read: (file: FeedFile | undefined) => Promise<Value>,
  ): Promise<Value> => {
    const file = present(kind)
    try {
      return await read(file)
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      whole = false
      staging.found({ kind: 'refused', file: file?.name ?? `${kind}.csv`, reason: error.message })
      return read(undefined)
    }
  }
  const schools = await attempt('orgs', file => readSchools(file, delivery, delta))
  const classes = await attempt('classes', file => readClasses(file, delivery, schools, delta, stored))
  await attempt('roles', async file => file && readRoles(file, delivery, delta))
  await attempt('relationships', async file => file && readRelationships(file, delivery))
  await attempt('users', async file => file && readUsers(file, delivery, schools, delta))
  await attempt('enrollments', async file => file && readEnrollments(file, delivery, classes, delta))
  return { mode: delta ? 'delta' : 'complete', whole }
}
