import type { FeedFile } from '../feed/file.ts'
import type { Staging } from '../staging.ts'
import { type Category, categories, type FileName, fileNameOf } from './file-name.ts'

type NamedFile = { readonly file: FeedFile; readonly name: FileName }

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

/** Sorts files in the order they are read. */
const sortKey = ({ name, file }: NamedFile): string =>
  [name.delta ? `1${name.date ?? ''}` : '0', categories.indexOf(name.category), file.name].join('#')

/** The categories a complete delivery has; subjects and courses are not read. */
const needed: readonly Category[] = ['EtabEducNat', 'Eleve', 'PersRelEleve', 'PersEducNat']

/** Part numbers that are missing between others. */
const missingParts = (files: readonly NamedFile[]): string[] => {
  const parts = new Set(files.flatMap(({ name }) => name.part ?? []))
  const first = Math.min(...parts)
  return Array.from({ length: Math.max(0, Math.max(...parts) - first) }, (_, at) => first + at)
    .filter(part => !parts.has(part))
    .map(part => String(part).padStart(4, '0'))
}

/** What a complete delivery should hold and does not. */
const lacking = (chosen: readonly NamedFile[]): string[] => {
  const complete = chosen.filter(({ name }) => !name.delta)
  if (complete.length === 0) return []
  const byCategory = Map.groupBy(complete, ({ name }) => name.category)
  return [
    ...needed
      .filter(category => !byCategory.has(category))
      .map(category => `the complete delivery has no file of ${category}`),
    ...[...byCategory].flatMap(([category, files]) => {
      const missing = missingParts(files)
      return missing.length > 0 ? [`${category} lacks ${missing.length} of its parts, the first is ${missing[0]}`] : []
    }),
  ]
}

/**
 * The files in the order they are read: of several complete deliveries the last one, then the deltas made after it,
 * day by day; schools before people. Older ones are reported and not read. `whole`: no file is known to be missing.
 */
export const inOrder = (files: readonly FeedFile[], staging: Staging): { chosen: FeedFile[]; whole: boolean } => {
  const known = named(files)
  const leftOut = (reason: string, file?: FeedFile) =>
    staging.found({ kind: 'left-out', ...(file && { file: file.name }), reason })
  for (const file of files)
    if (!fileNameOf(file.name)) leftOut('its name is not that of an AAF file: it is not read', file)
  const dates = known.flatMap(({ name }) => (!name.delta && name.date ? [name.date] : []))
  const last = dates.sort().at(-1) ?? ''
  const superseded = ({ name }: NamedFile) =>
    name.date !== undefined && (name.delta ? name.date <= last : name.date < last)
  for (const { file } of known.filter(superseded))
    leftOut(`the complete delivery of ${last} replaces it: it is not read`, file)
  const chosen = known.filter(one => !superseded(one)).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
  const missing = lacking(chosen)
  for (const reason of missing) leftOut(reason)
  return { chosen: chosen.map(({ file }) => file), whole: missing.length === 0 }
}
