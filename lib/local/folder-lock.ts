import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The error code SQLITE_BUSY. */
const sqliteBusy = 5

/**
 * Locks `folder`, which exists, for this process. The lock is an operating system lock on a file in it: it ends with the
 * process, also when that is killed, and leaves nothing to clean up. Throws if the folder cannot be written.
 * @returns the function that releases the lock; undefined if another process has it.
 */
export const lockFolder = (folder: string): (() => void) | undefined => {
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined
    throw error
  }
}
