import { relate } from './relate.ts'
import { noCounts } from './report.ts'
import { Staging } from './staging.ts'
import { loadGrants, loadSchools } from './stored.ts'
import type { Table } from './table.ts'
import { bringPeople } from './write-people.ts'

/** Makes the items of people anew from what their feed last said: after something besides the feed has changed. */
export const rebuild = async (table: Table, source: string, ids: readonly string[], now: Date): Promise<void> => {
  const staging = new Staging()
  try {
    await loadSchools(staging, table, source)
    await loadGrants(staging, table)
    for (const id of ids) staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
    await relate(staging, table, true)
    const options = { source, into: table, delta: true, whole: false, now, counts: noCounts(), progress: () => {} }
    await bringPeople(staging, table, options)
  } finally {
    staging.close()
  }
}
