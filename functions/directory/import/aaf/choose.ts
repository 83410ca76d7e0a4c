import { basename } from 'node:path/posix'
import type { FeedFile } from '../feed/file.ts'
import type { Staging } from '../staging.ts'
import { type Category, categories, type FileName, fileNameOf } from './file-name.ts'

type NamedFile = { readonly file: FeedFile; readonly name: FileName }

const named = (files: readonly FeedFile[]): NamedFile[] =>
  files.flatMap(file => {
    const name = fileNameOf(file.name)
    return name ? [{ file, name }] : []
  })

/** The files of one stream of deliveries, all of one prefix (entId): keys are unique within it and nowhere else. */
type AafStream = { readonly source: string; readonly files: readonly FeedFile[]; readonly delta: boolean }

/**
 * The streams of which deliveries lie under a path: two académies, 1st and 2nd degree, are two each. Files whose names
 * tell no prefix belong to the one prefix there is or, where there are several, to none of them.
 */
export const aafStreams = (files: readonly FeedFile[]): AafStream[] => {
  const known = named(files)
  const prefixes = new Set(known.flatMap(({ name }) => name.entId?.toLowerCase() ?? []))
  const [only] = prefixes.size === 1 ? prefixes : []
  const bySource = Map.groupBy(known, ({ name }) => name.entId?.toLowerCase() ?? only)
  return [...bySource].map(([prefix, those]) => ({
    source: prefix === undefined ? 'aaf' : `aaf:${prefix}`,
    files: those.map(({ file }) => file),
    delta: those.every(({ name }) => name.delta),
  }))
}

/** Parts files that count from those that the last complete delivery replaces. */
const parted = (files: readonly NamedFile[]) => {
  const last =
    files
      .flatMap(({ name }) => (!name.delta && name.date) || [])
      .sort()
      .at(-1) ?? ''
  const isOld = ({ name }: NamedFile) => name.date !== undefined && (name.delta ? name.date <= last : name.date < last)
  return { last, old: files.filter(isOld), current: files.filter(one => !isOld(one)) }
}

/** The day of the last delivery among these files (yyyymmdd). Undefined where no name tells one. */
export const aafDay = (files: readonly FeedFile[]): string | undefined =>
  named(files)
    .flatMap(({ name }) => name.date ?? [])
    .sort()
    .at(-1)

/** Among deltas, those made before `day`. */
export const deltasBefore = (files: readonly FeedFile[], day: string): FeedFile[] =>
  named(files).flatMap(({ name, file }) => (name.delta && name.date && name.date < day ? [file] : []))

/** Two files that are the same part of the same delivery: nobody can tell which of them counts. */
export const aafTwice = (files: readonly FeedFile[]): [FeedFile, FeedFile] | undefined => {
  const found = new Map<string, FeedFile>()
  for (const { file, name } of parted(named(files)).current) {
    const part = [name.delta, name.date, name.category, name.part].join('#')
    const other = found.get(part)
    // Without a number there is no telling parts from copies, unless the whole name is the same.
    if (other && (name.part !== undefined || basename(other.name) === basename(file.name))) return [other, file]
    found.set(part, file)
  }
  return undefined
}

/** Sorts files in the order they are read. */
const sortKey = ({ name, file }: NamedFile): string =>
  [name.delta ? `1${name.date ?? ''}` : '0', categories.indexOf(name.category), file.name].join('#')

/** The categories a complete delivery has; subjects and courses are not read. */
const needed: readonly Category[] = ['EtabEducNat', 'Eleve', 'PersRelEleve', 'PersEducNat']

const partsOf = (files: readonly NamedFile[]): number[] => files.flatMap(({ name }) => name.part ?? [])

/** Part numbers that are missing between `first` and the last one. */
const missingParts = (files: readonly NamedFile[], first: number): string[] => {
  const parts = new Set(partsOf(files))
  return Array.from({ length: Math.max(0, Math.max(...parts) - first) }, (_, at) => first + at)
    .filter(part => !parts.has(part))
    .map(part => String(part).padStart(4, '0'))
}

/** Parts that lack in a delivery, which numbers those of all categories from one number on: 0000 or, of some, 0001. */
const lackingParts = (files: readonly NamedFile[]): string[] => {
  const first = Math.min(...partsOf(files))
  return [...Map.groupBy(files, ({ name }) => name.category)].flatMap(([category, those]) => {
    const missing = missingParts(those, first)
    return missing.length > 0 ? [`${category} lacks ${missing.length} of its parts, the first is ${missing[0]}`] : []
  })
}

/** What a delivery should hold and does not. */
const lacking = (chosen: readonly NamedFile[]): string[] => {
  const complete = chosen.filter(({ name }) => !name.delta)
  const has = new Set(complete.map(({ name }) => name.category))
  return [
    ...(complete.length > 0 ? needed : [])
      .filter(category => !has.has(category))
      .map(category => `the complete delivery has no file of ${category}`),
    ...[...Map.groupBy(chosen, ({ name }) => `${name.delta} ${name.date}`).values()].flatMap(lackingParts),
  ]
}

/**
 * The files in the order they are read: of several complete deliveries the last one, then the deltas made after it,
 * day by day; schools before people. Older ones are reported and not read. `whole`: no file is known to be missing.
 */
export const inOrder = (files: readonly FeedFile[], staging: Staging): { chosen: FeedFile[]; whole: boolean } => {
  const { last, old, current } = parted(named(files))
  const leftOut = (reason: string, file?: FeedFile) =>
    staging.found({ kind: 'left-out', ...(file && { file: file.name }), reason })
  for (const { file } of old) leftOut(`the complete delivery of ${last} replaces it: it is not read`, file)
  const chosen = current.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
  const missing = lacking(chosen)
  for (const reason of missing) leftOut(reason)
  return { chosen: chosen.map(({ file }) => file), whole: missing.length === 0 }
}
