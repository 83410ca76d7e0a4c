import { createHash } from 'node:crypto'
import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { put, update } from '../../../functions/platform/operation.ts'
import type { ScanState } from '../../../shared/kernel/attachment.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import type { Database } from '../../support/dynamodb.ts'
import type { Clock } from '../../support/platform.ts'

const { file: files, ownEntry, place, places, withdrawal } = documentsPatterns

/** As S3 tells it, of a file that holds its own name. */
const sha256Of = (name: string): string => createHash('sha256').update(name).digest('base64')

type Place = {
  readonly database: Database
  readonly clock: Clock
  readonly idOf: (name: string) => string
}

/** Documents of people's own spaces, for tests of what hangs them elsewhere. */
export const openOwnDocuments = ({ database, clock, idOf }: Place) => {
  const table = openTable(
    database.table,
    {
      get: [files, ownEntry, withdrawal],
      put: [files, ownEntry, place],
      update: [files, ownEntry, place],
      query: [places],
      batch: [files, ownEntry, place],
    },
    () => clock.now,
    database.client,
  )
  return {
    /** A document as it is after its file arrived. */
    add: async (who: string, name = 'Fiche.pdf', scan: ScanState = 'clean', type = 'application/pdf') => {
      const id = timeId(clock.now)
      const at = clock.now.toISOString()
      const person = idOf(who)
      const stored = { id, length: 9, type, sha256: sha256Of(name), scan } as const
      const by = { id: person, name: who }
      const key = { holder: `P:${person}`, entry: id }
      const item = { ...stored, by, state: 'stored' as const, at, places: 1, target: { name, reserved: 0 } }
      await table.writeMany([
        put('entry', ownEntry, { person, entry: id }, { id, name, by, at, file: stored, version: 1 }),
        put('file', files, { file: id }, item),
        put('place', place, { file: id, ...key }, key),
      ])
      return id
    },
    /** Puts it into the trash of its space. */
    trash: async (who: string, entry: string) => {
      const set = { trashedAt: clock.now.toISOString() }
      await table.applyIf(update('entry', ownEntry, { person: idOf(who), entry }, { set }))
    },
    /** In how many places a file hangs: as it is counted, and as it is. */
    placesOf: async (file: string) => [
      (await table.get(files, { file }, { consistent: true }))?.places,
      (await table.all(places, { file }, { consistent: true })).length,
    ],
    isWithdrawn: async (file: string) => (await table.get(withdrawal, { file }, { consistent: true })) !== undefined,
    /** Changes a file, as the function of arrivals does, before it tells the places. */
    change: (file: string, set: { readonly scan?: ScanState; readonly copy?: number }) =>
      table.applyIf(update('file', files, { file }, { set })),
    /** Tells a place of a feature that its file is clean, as the function of arrivals does. */
    tell: (file: string, feature: string, entry: string) =>
      table.applyIf(update('place', place, { file, holder: `F:${feature}`, entry }, { set: { scan: 'clean' } })),
  }
}
