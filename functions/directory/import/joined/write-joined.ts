import { put } from '../../../platform/operation.ts'
import { directoryPatterns } from '../../audiences.ts'
import { importPatterns } from '../../patterns.ts'
import type { ImportTable, PeopleTable, PeopleWriter, Writer } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'
import { idsIn } from './pages.ts'
import { writeMerged } from './parts.ts'

/**
 * Writes that the people whom a delivery joins have parts from now on: who they were so far is the part of their first
 * source. To be written before their keys mean them.
 */
export const writeJoined = async (
  table: ImportTable,
  writer: Writer,
  source: string,
  ids: readonly string[],
): Promise<void> => {
  const keys = ids.map(person => ({ person }))
  const [joined, first, people] = await Promise.all([
    table.getMany(importPatterns.joined, keys, consistent),
    table.getMany(importPatterns.source, keys, consistent),
    table.getMany(directoryPatterns.person, keys, consistent),
  ])
  const joining = ids.flatMap((person, at) => {
    const primary = first[at]?.source
    const item = people[at]
    return joined[at] || primary === undefined || primary === source || !item ? [] : { person, primary, item }
  })
  // A person is made of their parts as soon as it is noted that they have any.
  await writer.write(
    joining.map(({ person, primary, item }) =>
      put('part', importPatterns.part, { person, source: primary }, { ...item, source: primary }),
    ),
  )
  await writer.write(
    joining.map(({ person, primary }) => put('joined', importPatterns.joined, { person }, { first: primary })),
  )
}

/** As writeJoined(), for all whom the delivery joins. */
export const writeJoining = async (
  staging: Staging,
  table: ImportTable,
  writer: Writer,
  source: string,
): Promise<void> => {
  for (const ids of idsIn(staging, 'joining')) await writeJoined(table, writer, source, ids)
}

/** Writes those whose school moved once both sources are written: also who has no access in the new one. */
export const writeMoved = async (staging: Staging, table: PeopleTable, writer: PeopleWriter): Promise<void> => {
  for (const ids of idsIn(staging, 'moving')) {
    const joined = await table.getMany(
      importPatterns.joined,
      ids.map(person => ({ person })),
      consistent,
    )
    await writeMerged(
      table,
      writer,
      ids.filter((_, at) => joined[at]),
    )
  }
}
