import { update } from '../platform/operation.ts'
import type { Arrivals } from './arriving.ts'
import { documentsPatterns, type EntryItem, type FileItem, type HungFile } from './patterns.ts'
import { changeEntry, readEntry, spaceOf } from './spaces.ts'

/** What a place has to know of a file: what its scan found, and which copy of its object is served. */
type Told = Pick<FileItem, 'id' | 'scan' | 'copy'>

/** What changes of an entry; undefined if it knows already. */
const corrected = ({ file, former }: EntryItem, { id, scan, copy }: Told) => {
  const isOther = (one: HungFile | undefined) => one?.id === id && (one.scan !== scan || one.copy !== copy)
  const isFormer = former?.some(one => isOther(one.file)) ?? false
  if (!isOther(file) && !isFormer) return undefined
  const now = (one: HungFile): HungFile => (isOther(one) ? { ...one, scan, ...(copy && { copy }) } : one)
  return {
    ...(file && isOther(file) && { file: now(file) }),
    ...(former && isFormer && { former: former.map(one => ({ ...one, file: now(one.file) })) }),
  }
}

/** Tells the places where a file hangs how it is now. False if one of them was changed meanwhile. */
export const tell = async ({ table }: Arrivals, file: Told): Promise<boolean> => {
  let told = true
  const places = await table.all(documentsPatterns.places, { file: file.id }, { consistent: true })
  const { scan, copy } = file
  for (const { holder, entry } of places) {
    if (holder.startsWith('F:')) {
      // The change of the row is what the feature gets, and it looks at the file.
      const key = { file: file.id, holder, entry }
      await table.applyIf(
        update('place', documentsPatterns.place, key, { set: { scan, ...(copy && { copy }) } }, { present: true }),
      )
      continue
    }
    const space = spaceOf(holder)
    const item = await readEntry(table, space, entry, { consistent: true })
    const set = item && corrected(item, file)
    if (item && set) told = (await table.transact([changeEntry(space, item, { set })])).ok && told
  }
  return told
}
