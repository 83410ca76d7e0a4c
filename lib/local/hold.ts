import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** SQLITE_BUSY */
const busy = 5

/**
 * Holds `folder`, which exists, for this process alone. The lock is the operating system's on a file in it: it ends with
 * the process, however that ends, and leaves nothing to clean up. Throws if the folder cannot be written.
 * @returns what lets it go; undefined if another process holds it.
 */
export const hold = (folder: string): (() => void) | undefined => {
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode === busy) return undefined
    throw error
  }
}
