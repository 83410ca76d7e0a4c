import { uses } from '../platform/access.ts'
import { put, remove, update } from '../platform/operation.ts'
import type { OperationOf, Table } from '../platform/table.ts'
import { documentsPatterns, type EntryItem } from './patterns.ts'

const { file, gone, place } = documentsPatterns

/** What taking a file from a place does with the table. */
export const releasing = uses({ get: [file], put: [gone], update: [file], remove: [file, place] })

/** The files of an entry: the current version and the earlier ones. */
export const filesOf = ({ file: current, former = [] }: EntryItem): string[] => [
  ...new Set([...(current ? [current.id] : []), ...former.map(one => one.file.id)]),
]

/**
 * The operations that take a file from a place. With its last place the file goes, and its object is deleted. They are
 * refused if the file was placed or taken elsewhere meanwhile.
 */
export const released = async (
  table: Table<typeof releasing>,
  id: string,
  holder: string,
  entry: string,
): Promise<OperationOf<typeof releasing>[]> => {
  const found = await table.get(file, { file: id }, { consistent: true })
  const taken = remove('place', place, { file: id, holder, entry })
  if (!found) return [taken]
  const { places, copy } = found
  if (places > 1) return [taken, update('file', file, { file: id }, { add: { places: -1 } }, { is: { places } })]
  return [
    taken,
    remove('file', file, { file: id }, { is: { places } }),
    put('gone', gone, { file: id }, { file: id, ...(copy && { copy }) }),
  ]
}
