import { basename, dirname } from 'node:path/posix'
import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import { Staging } from '../staging.ts'
import { type Dialect, fileKinds } from './bundle.ts'
import { type Manifest, oneRosterFiles } from './manifest.ts'
import { lastModified } from './modified.ts'
import { readSchools } from './schools.ts'

const kinds: readonly string[] = [...fileKinds, 'manifest'].map(kind => `${kind.toLowerCase()}.csv`)

const kindOf = ({ name }: FeedFile) => basename(name).toLowerCase()

/** True for a file that a bundle is made of. */
export const isOfBundle = (file: FeedFile): boolean => kinds.includes(kindOf(file))

/**
 * The bundles under a path: the files of each folder and of each archive or, if no kind of file is there twice, all of
 * them as one.
 */
export const bundlesOf = (files: readonly FeedFile[]): FeedFile[][] => {
  const known = files.filter(isOfBundle)
  if (known.length === 0) return []
  if (new Set(known.map(kindOf)).size === known.length) return [known]
  return [...Map.groupBy(known, file => dirname(file.name)).values()]
}

/** The UAIs of the schools that a bundle describes; none where its orgs.csv cannot be read. */
export const schoolsOf = async (
  files: readonly FeedFile[],
  dialect: Dialect,
  manifest: Manifest,
): Promise<string[]> => {
  const file = oneRosterFiles(files).get('orgs')
  if (!file) return []
  const staging = new Staging(() => {}, new Date(0), undefined)
  const nothing = () => {}
  const delivery: Omit<Delivery, 'groups'> = {
    files,
    staging,
    source: '',
    strict: false,
    apply: nothing,
    progress: nothing,
  }
  const { delta } = manifest
  try {
    await readSchools({ ...file, delta }, { ...delivery, dialect, delta, incomplete: nothing })
    return staging.schools().map(({ uai }) => uai)
  } catch (error) {
    if (error instanceof FileRefused) return []
    throw error
  } finally {
    staging.close()
  }
}

/** The day of a delta, by what it changes last. A bulk bundle tells none. */
export const dayOfBundle = (files: readonly FeedFile[], { delta }: Manifest): Promise<string | undefined> =>
  delta ? lastModified(oneRosterFiles(files).values()) : Promise.resolve(undefined)
