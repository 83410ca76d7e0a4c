import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { assemblySources } from '../../lib/local/synthesize.ts'
import { forgetOld, used } from '../../lib/platform/recent.ts'
import { root } from '../../lib/platform/root.ts'
import { sourcesHash } from '../../lib/platform/sources.ts'

const home = join(root, 'dist/assemblies')

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** True if this process now holds the lock. One left by a process that is no more is taken over. */
const locked = (lock: string): boolean => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = existsSync(lock) ? readFileSync(lock, 'utf8') : ''
    if (holder !== '' && !isRunning(Number(holder))) rmSync(lock, { force: true })
    return false
  }
}

const made = new Map<string, Promise<string>>()

/**
 * A folder with the cloud assembly of a territory, as `cdk synth` makes it of the sources as they are now. Made once
 * for the same sources; others who ask meanwhile wait for it. Throws with what the CDK said if it cannot be made.
 */
export const assembly = (territory = 'demo'): Promise<string> => {
  const known = made.get(territory) ?? make(territory)
  made.set(territory, known)
  return known
}

const make = async (territory: string): Promise<string> => {
  const folder = join(home, `${territory}-${sourcesHash(assemblySources)}`)
  const lock = `${folder}.lock`
  mkdirSync(home, { recursive: true })
  while (!existsSync(folder)) {
    if (!locked(lock)) {
      await pause(100)
      continue
    }
    const making = `${folder}.${process.pid}`
    try {
      if (existsSync(folder)) break
      await promisify(execFile)(
        process.execPath,
        [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '-c', `territory=${territory}`, '-o', making],
        { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      )
      if (!existsSync(folder)) renameSync(making, folder)
      forgetOld(home)
    } finally {
      rmSync(making, { recursive: true, force: true })
      rmSync(lock, { force: true })
    }
  }
  used(folder)
  return folder
}
