import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { assemblySources, synthesize } from '../../lib/local/synthesize.ts'
import { sourcesHash } from '../../lib/platform/build-cache.ts'
import { pruneOldFolders, touch } from '../../lib/platform/prune.ts'
import { root } from '../../lib/platform/root.ts'

const home = join(root, 'dist/assemblies')

/**
 * The folder of a territory's cloud assembly, synthesized from the current sources unless the same sources were
 * synthesized before. It is synthesized under another name and then renamed, so that other processes never read an
 * incomplete one. Throws with the CDK's output if the synthesis fails.
 *
 * Tests do not call this: the synthesis would count against the time of a test. See `builtAssembly()`.
 */
export const assembly = async (territory = 'demo'): Promise<string> => {
  const folder = join(home, `${territory}-${sourcesHash(assemblySources)}`)
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`
    mkdirSync(home, { recursive: true })
    try {
      await synthesize(unfinished, territory)
      if (!existsSync(folder)) renameSync(unfinished, folder)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
    pruneOldFolders(home)
  }
  touch(folder)
  return folder
}
