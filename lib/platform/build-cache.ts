import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pruneOldFolders, touch } from './prune.ts'
import { root } from './root.ts'

/** A hash of the content of these files and folders (paths from the project's folder): 20 hexadecimal digits. */
export const sourcesHash = (paths: readonly string[]): string => {
  const hash = createHash('sha256')
  const files = globSync(
    paths.flatMap(path => [path, `${path}/**/*`]),
    { cwd: root },
  )
  for (const file of [...new Set(files)].sort())
    if (statSync(join(root, file)).isFile()) hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 20)
}

/**
 * The build folder `dist/<kind>/<name>`, filled by `build` unless it exists. It is built under another name and then
 * renamed, so that an existing folder is complete. Two processes may build at once; the first rename wins. `name` begins
 * with the hash of the sources; folders of other hashes are deleted some hours after their last use.
 */
export const buildOnce = (kind: 'functions' | 'site', name: string, build: (folder: string) => void): string => {
  const home = join(root, 'dist', kind)
  const folder = join(home, name)
  const [top = ''] = name.split('/')
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`
    mkdirSync(unfinished, { recursive: true })
    try {
      build(unfinished)
      if (!existsSync(folder)) renameSync(unfinished, folder)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
    pruneOldFolders(home)
  }
  touch(join(home, top))
  return folder
}
