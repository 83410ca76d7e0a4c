import { once } from 'node:events'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sourcesHash } from '../platform/build-cache.ts'
import { root } from '../platform/root.ts'
import { CannotStart } from './cannot-start.ts'
import { startChildProcess } from './child-process.ts'
import { readJson, writeJson } from './json-file.ts'

/** The files and folders that the CDK app's output depends on. */
export const assemblySources = [
  'bin/app.ts',
  'cdk.json',
  'lib/*.ts',
  'lib/platform',
  'functions',
  'shared',
  'web',
  'package.json',
  'package-lock.json',
]

/**
 * Runs `cdk synth`, of the territory that is named or else of cdk.json's. The command, the CDK app and the web build are
 * killed when this process ends. Throws CannotStart with what the command said.
 */
export const synthesize = async (folder: string, territory?: string): Promise<void> => {
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk')
  const named = territory === undefined ? [] : ['-c', `territory=${territory}`]
  const args = [cdk, 'synth', '--quiet', '--no-notices', ...named, '-o', folder]
  const child = startChildProcess(process.execPath, args, process.env, { cwd: root })
  const [errors, [status]] = await Promise.all([child.stderr ? text(child.stderr) : '', once(child, 'close')])
  if (status !== 0)
    throw new CannotStart(`The CDK app could not be synthesized:\n${errors.trim() || `status ${status}`}`)
}

/**
 * The folder of the CDK app's cloud assembly, within `folder`. It is synthesized unless the one there was synthesized
 * from the same sources. `around` carries a synthesis out, which takes about half a minute. Throws CannotStart.
 */
export const synthesizeOnce = async (
  folder: string,
  around: (synthesis: () => Promise<void>) => Promise<void>,
): Promise<string> => {
  const assembly = join(folder, 'assembly')
  const hashFile = join(folder, 'assembly.json')
  const hash = sourcesHash(assemblySources)
  if (existsSync(assembly) && readJson(hashFile, { hash: '' }).hash === hash) return assembly
  const unfinished = `${assembly}.new`
  rmSync(unfinished, { recursive: true, force: true })
  await around(() => synthesize(unfinished))
  // The hash file is deleted first, so that it never describes an assembly other than the one in the folder.
  rmSync(hashFile, { force: true })
  rmSync(assembly, { recursive: true, force: true })
  renameSync(unfinished, assembly)
  writeJson(hashFile, { hash })
  return assembly
}
