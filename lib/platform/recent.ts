import { readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

/** How many are kept whatever their age: going back and forth between two states of the sources builds nothing anew. */
const few = 4
/** Milliseconds after its last use in which a folder may be in use still: by a synth, a test run, a territory. */
const inUse = 3 * 60 * 60 * 1_000

/** Notes that a folder is used now. */
export const used = (folder: string, now = new Date()): void => utimesSync(folder, now, now)

/**
 * Deletes what stands in `home` but the few that were used last and all that were used lately. It is moved aside
 * before, so that no process finds half of it; two processes may do this at once.
 */
export const forgetOld = (home: string, now = Date.now()): void => {
  const found = readdirSync(home).flatMap(name => {
    const path = join(home, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat ? [{ path, at: stat.mtimeMs }] : []
  })
  for (const { path, at } of found.sort((one, other) => other.at - one.at).slice(few)) {
    if (now - at < inUse) continue
    const aside = `${path}.old`
    try {
      renameSync(path, aside)
      rmSync(aside, { recursive: true, force: true })
    } catch {
      // Another process deletes it; or it stays until the next time.
    }
  }
}
