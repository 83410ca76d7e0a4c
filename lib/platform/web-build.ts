import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { Territory } from '../territories.ts'
import { buildOnce, sourcesHash } from './build-cache.ts'
import { root } from './root.ts'

const sources = ['web', 'shared', 'package-lock.json']

const hashOf = (title: string): string => hash('sha256', title).slice(0, 8)

/**
 * The folder of the web app built for a territory's languages and title. It is built unless the same sources were built before.
 * Throws with the build's output.
 */
export const builtWeb = ({ languages, title = '' }: Pick<Territory, 'languages' | 'title'>): string =>
  buildOnce('site', `${sourcesHash(sources)}-${languages.join('-')}-${hashOf(title)}`, folder => {
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [vite, 'build', 'web', '--outDir', folder, '--emptyOutDir'],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NO_COLOR: '1',
          FORCE_COLOR: '0',
          VITE_LANGUAGES: languages.join(),
          VITE_TERRITORY: title,
        },
      },
    )
    if (status !== 0) throw new Error(`The web app could not be built:\n${stdout}${stderr}`)
  })
