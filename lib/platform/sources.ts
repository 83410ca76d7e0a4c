import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
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
