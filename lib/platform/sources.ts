import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

/** A name for what these files and folders hold, from the project's folder: 20 hexadecimal digits. */
export const sourcesHash = (paths: readonly string[]): string => {
  const hash = createHash('sha256')
  const files = paths.flatMap(path =>
    existsSync(join(root, path)) ? globSync([path, `${path}/**/*`], { cwd: root }) : [],
  )
  for (const file of files.sort()) {
    if (!statSync(join(root, file)).isFile()) continue
    hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex').slice(0, 20)
}
