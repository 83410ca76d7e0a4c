import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'
import { sourcesHash } from './sources.ts'

/**
 * The built web app's folder: built now, unless these very sources were built before. Two synths at once may both
 * build it; one of them puts it in place. Throws with the build's own words if it fails.
 */
export const builtWeb = (): string => {
  const folder = join(root, 'dist/site', sourcesHash(['web', 'shared', 'package-lock.json']))
  if (existsSync(folder) || !existsSync(join(root, 'web/vite.config.ts'))) return folder
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--outDir', making, '--emptyOutDir'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (status !== 0) {
    rmSync(making, { recursive: true, force: true })
    throw new Error(`The web app could not be built:\n${stdout}${stderr}`)
  }
  if (existsSync(folder)) rmSync(making, { recursive: true })
  else renameSync(making, folder)
  return folder
}
