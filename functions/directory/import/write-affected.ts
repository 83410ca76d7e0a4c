import type { ImportTable, Writer } from './platform.ts'
import { noCounts } from './report.ts'
import type { Staging } from './staging.ts'
import { upsertGroups } from './write-groups.ts'
import { upsertPeople } from './write-people.ts'

/** Writes the people whom a command has staged, with their groups, as a delta of their source would. */
export const writeAffected = async (
  staging: Staging,
  table: ImportTable,
  { source, writer, now }: { readonly source: string; readonly writer: Writer; readonly now: Date },
): Promise<void> => {
  const counts = noCounts()
  await upsertGroups(staging, table, { source, writer, whole: false, counts, now })
  await upsertPeople(staging, table, {
    source,
    writer,
    delta: true,
    whole: false,
    now,
    counts,
    counted: staging.schools().map(({ uai }) => uai),
    progress: () => {},
  })
}
