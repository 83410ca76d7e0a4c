import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { erasedAfterOf, shownName, type Territory } from '../territories.ts'
import { buildOnce, sourcesHash } from './build-cache.ts'
import { root } from './root.ts'

const sources = ['web', 'shared', 'package-lock.json']

/** What the app is told of a territory, as environment variables of the build: parts of them each where they are used. */
type Told = Pick<Territory, 'languages' | 'title' | 'about' | 'erasedAfter' | 'timeZone'>

const settingsOf = (territory: Told) => ({
  VITE_LANGUAGES: territory.languages.join(),
  VITE_TERRITORY: territory.title ?? '',
  VITE_TERRITORY_NAME: shownName(territory),
  ...(territory.timeZone !== undefined && { VITE_TIME_ZONE: territory.timeZone }),
  VITE_CONFORMITY: territory.about?.accessibility?.conformity ?? 'none',
  VITE_ABOUT: JSON.stringify(territory.about ?? {}),
  VITE_ERASED_AFTER: String(erasedAfterOf(territory)),
})

/**
 * The folder of the web app built for a territory's languages and what it says of itself. It is built unless the same
 * sources were built before. Throws with the build's output.
 */
export const builtWeb = (territory: Told): string => {
  const settings = settingsOf(territory)
  const name = hash('sha256', JSON.stringify(settings)).slice(0, 8)
  return buildOnce('site', `${sourcesHash(sources)}-${territory.languages.join('-')}-${name}`, folder => {
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
          ...settings,
        },
      },
    )
    if (status !== 0) throw new Error(`The web app could not be built:\n${stdout}${stderr}`)
  })
}
