import type { FeedFile } from '../feed/file.ts'
import type { Staging } from '../staging.ts'
import { categories, type FileName, fileNameOf } from './file-name.ts'

export type NamedFile = { readonly file: FeedFile; readonly name: FileName }

const named = (files: readonly FeedFile[]): NamedFile[] =>
  files.flatMap(file => {
    const name = fileNameOf(file.name)
    return name ? [{ file, name }] : []
  })

/** What the names of a folder's files say of it; undefined if none is of an AAF delivery. */
export const aafDelivery = (files: readonly FeedFile[]): { delta: boolean; entId?: string } | undefined => {
  const known = named(files)
  const entId = known.find(({ name }) => name.entId)?.name.entId
  return known.length === 0 ? undefined : { delta: known.every(({ name }) => name.delta), ...(entId && { entId }) }
}

const place = ({ name, file }: NamedFile): string =>
  [name.delta ? `1${name.date ?? ''}` : '0', categories.indexOf(name.category), file.name].join('#')

/**
 * The files in the order they are read: of several complete deliveries the last one, then the deltas made after it,
 * day by day; schools before people. Older ones are reported and not read.
 */
export const inOrder = (files: readonly FeedFile[], staging: Staging): NamedFile[] => {
  const known = named(files)
  for (const file of files)
    if (!fileNameOf(file.name))
      staging.found({
        kind: 'left-out',
        file: file.name,
        reason: 'its name is not that of an AAF file: it is not read',
      })
  const dates = known.flatMap(({ name }) => (!name.delta && name.date ? [name.date] : []))
  const last = dates.sort().at(-1) ?? ''
  const superseded = ({ name }: NamedFile) =>
    name.date !== undefined && (name.delta ? name.date <= last : name.date < last)
  for (const { file } of known.filter(superseded))
    staging.found({
      kind: 'left-out',
      file: file.name,
      reason: `the complete delivery of ${last} replaces it: it is not read`,
    })
  return known.filter(one => !superseded(one)).sort((a, b) => (place(a) < place(b) ? -1 : 1))
}
