import { execFile } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../platform/root.ts'
import { sourcesHash } from '../platform/sources.ts'
import { CannotStart } from './cannot-start.ts'
import { keep, readKept } from './kept.ts'

/** All that decides what the CDK app makes. */
export const assemblySources = [
  ...['bin/app.ts', 'cdk.json', 'lib/*.ts', 'lib/platform', 'functions', 'shared', 'web'],
  ...['package.json', 'package-lock.json'],
]

/**
 * The cloud assembly of the CDK app, in `folder`: synthesized, or as it was synthesized of these very sources before.
 * `onSynthesis` is called if it takes a while.
 */
export const synthesized = async (folder: string, onSynthesis: () => void): Promise<string> => {
  const [assembly, note] = [join(folder, 'assembly'), join(folder, 'assembly.json')]
  const hash = sourcesHash(assemblySources)
  if (existsSync(assembly) && readKept(note, { hash: '' }).hash === hash) return assembly
  onSynthesis()
  const making = `${assembly}.new`
  rmSync(making, { recursive: true, force: true })
  try {
    const cdk = join(root, 'node_modules/aws-cdk/bin/cdk')
    const asked = [cdk, 'synth', '--quiet', '--no-notices', '-o', making]
    await promisify(execFile)(process.execPath, asked, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim()
    throw new CannotStart(`The CDK app could not be synthesized:\n${said || error}`)
  }
  rmSync(assembly, { recursive: true, force: true })
  renameSync(making, assembly)
  keep(note, { hash })
  return assembly
}
