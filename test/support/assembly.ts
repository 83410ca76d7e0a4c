import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assemblySources } from '../../lib/local/synthesize.ts'
import { sourcesHash } from '../../lib/platform/build-cache.ts'
import { pruneOldFolders, touch } from '../../lib/platform/prune.ts'
import { root } from '../../lib/platform/root.ts'

const cdk = join(root, 'node_modules/aws-cdk/bin/cdk')
const home = join(root, 'dist/assemblies')

const synthesize = async (territory: string, folder: string): Promise<void> => {
  const args = [cdk, 'synth', '--quiet', '--no-notices', '-c', `territory=${territory}`, '-o', folder]
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string }
    throw new Error(`The CDK app could not be synthesized for the territory ${territory}:\n${stderr || message}`)
  }
}

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
      await synthesize(territory, unfinished)
      if (!existsSync(folder)) renameSync(unfinished, folder)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
    pruneOldFolders(home)
  }
  touch(folder)
  return folder
}
