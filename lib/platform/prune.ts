import { readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

/** How many folders are kept whatever their age, so that switching between versions of the sources needs no new build. */
const keptCount = 4
/** Milliseconds after its last use in which a folder may still be in use by a synth, a test run or a territory. */
const inUseMs = 3 * 60 * 60 * 1_000

/** Records as the folder's modification time that it is used now. */
export const touch = (folder: string, now = new Date()): void => utimesSync(folder, now, now)

/**
 * Deletes the folders in `home` except the four used last and all used within three hours. A folder is renamed before it
 * is deleted, so that no process finds it half deleted. Two processes may call this at once.
 */
export const pruneOldFolders = (home: string, now = Date.now()): void => {
  const folders = readdirSync(home).flatMap(name => {
    const path = join(home, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat ? [{ path, usedAt: stat.mtimeMs }] : []
  })
  for (const { path, usedAt } of folders.sort((one, other) => other.usedAt - one.usedAt).slice(keptCount)) {
    if (now - usedAt < inUseMs) continue
    const renamed = `${path}.old`
    try {
      renameSync(path, renamed)
      rmSync(renamed, { recursive: true, force: true })
    } catch {
      // Another process is deleting it, or it is deleted at the next call.
    }
  }
}
