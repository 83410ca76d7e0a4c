import { readThrough } from '../feed/decode.ts'
import type { Delivery } from '../feed/delivery.ts'
import { FileRefused } from '../feed/finding.ts'
import type { BundleFile, FileKind } from './bundle.ts'
import { type Manifest, oneRosterFiles } from './manifest.ts'

/** The files without which a bulk feed does not say who is in which class. */
const needed: readonly FileKind[] = ['orgs', 'classes', 'users', 'enrollments']

/** Gives a feed's files to their readers, and reports those that are missing or cannot be read. */
export const openFiles = (
  { files, staging }: Pick<Delivery, 'files' | 'staging'>,
  { delta, modes }: Manifest,
  incomplete: () => void,
) => {
  const found = oneRosterFiles(files)
  /** Why a file that should have been read was not. */
  const unread = new Map<FileKind, string>()

  const lacks = (kind: FileKind, how: 'refused' | 'left-out' | 'deviation', reason: string, line?: number) => {
    staging.found({ kind: how, file: found.get(kind)?.name ?? `${kind}.csv`, ...(line && { line }), reason })
    if (how === 'deviation' && !needed.includes(kind)) return
    unread.set(kind, reason)
    incomplete()
  }

  const present = (kind: FileKind): BundleFile | undefined => {
    const file = found.get(kind)
    const mode = modes.get(kind)
    if (file && mode !== 'absent') return { ...file, delta: mode ? mode === 'delta' : delta }
    if (file) lacks(kind, 'deviation', 'the manifest says it is absent: it is not read')
    else if (mode && mode !== 'absent') lacks(kind, 'refused', 'the manifest promises it, and it is not there')
    else if (!delta && needed.includes(kind)) lacks(kind, 'left-out', 'it is not there: the feed is read without')
    return undefined
  }

  return {
    unread,
    /** Reads a file; one that is refused is read as if it were not there. */
    read: async <Value>(kind: FileKind, reader: (file: BundleFile | undefined) => Promise<Value>): Promise<Value> => {
      const file = present(kind)
      try {
        if (file) await readThrough(file)
        return await reader(file)
      } catch (error) {
        if (!(error instanceof FileRefused)) throw error
        lacks(kind, 'refused', error.message, error.line)
        return reader(undefined)
      }
    },
  }
}
