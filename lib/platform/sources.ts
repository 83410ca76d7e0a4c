import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
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

/**
 * The folder, filled by `make` unless it is there already. What is there is whole: it is made aside and then put in
 * place. Two processes at once may both make it; one of them is heard.
 */
export const madeOnce = (folder: string, make: (folder: string) => void): string => {
  if (existsSync(folder)) return folder
  const aside = `${folder}.${process.pid}`
  mkdirSync(aside, { recursive: true })
  try {
    make(aside)
    if (!existsSync(folder)) renameSync(aside, folder)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return folder
}
