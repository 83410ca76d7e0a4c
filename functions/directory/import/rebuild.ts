import type { Zoned } from '../../../shared/kernel/territory-day.ts'
import { openWriter, type PeopleTable } from './platform.ts'
import { relate } from './relate.ts'
import { noCounts } from './report.ts'
import { Staging } from './staging.ts'
import { loadGrants, loadSchools } from './stored.ts'
import { upsertPeople } from './write-people.ts'

/** Writes the items of people anew from what their feed last said: after something besides the feed has changed. */
export const rebuild = async (
  { table, now, timeZone }: Zoned & { readonly table: PeopleTable; readonly now: () => Date },
  source: string,
  ids: readonly string[],
): Promise<void> => {
  const staging = new Staging(() => {}, now(), timeZone)
  try {
    await loadSchools(staging, table, source)
    await loadGrants(staging, table)
    for (const id of ids) staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
    await relate(staging, table, true)
    await upsertPeople(staging, table, {
      source,
      writer: openWriter(table, false),
      delta: true,
      whole: false,
      now: now(),
      counts: noCounts(),
      counted: [],
      progress: () => {},
    })
  } finally {
    staging.close()
  }
}
