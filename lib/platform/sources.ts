import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { forgetOld, used } from './recent.ts'
import { root } from './root.ts'

/** A name for what these files and folders hold, by their paths from the project's folder: 20 hexadecimal digits. */
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
 * A folder of things built, `dist/<kind>/<name>`, filled by `make` unless it is there already. What is there is whole:
 * it is made aside and then put in place. Two processes at once may both make it; one of them is heard. The name begins
 * with what tells the sources apart; what was built of others long ago is deleted.
 */
export const madeOnce = (kind: 'functions' | 'site', name: string, make: (folder: string) => void): string => {
  const home = join(root, 'dist', kind)
  const folder = join(home, name)
  const [first = ''] = name.split('/')
  if (!existsSync(folder)) {
    const aside = `${folder}.${process.pid}`
    mkdirSync(aside, { recursive: true })
    try {
      make(aside)
      if (!existsSync(folder)) renameSync(aside, folder)
    } finally {
      rmSync(aside, { recursive: true, force: true })
    }
    forgetOld(home)
  }
  used(join(home, first))
  return folder
}
