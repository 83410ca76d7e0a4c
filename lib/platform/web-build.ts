import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'
import { madeOnce, sourcesHash } from './sources.ts'

/** The built web app's folder: built now, unless these very sources were built before. Throws with the build's words. */
export const builtWeb = (): string =>
  madeOnce(join(root, 'dist/site', sourcesHash(['web', 'shared', 'package-lock.json'])), folder => {
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [vite, 'build', 'web', '--outDir', folder, '--emptyOutDir'],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' } },
    )
    if (status !== 0) throw new Error(`The web app could not be built:\n${stdout}${stderr}`)
  })
