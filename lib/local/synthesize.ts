import { once } from 'node:events'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from '../platform/root.ts'
import { sourcesHash } from '../platform/sources.ts'
import { CannotStart } from './cannot-start.ts'
import { bound } from './child.ts'
import { keep, readKept } from './kept.ts'

/** All that decides what the CDK app makes. */
export const assemblySources = [
  ...['bin/app.ts', 'cdk.json', 'lib/*.ts', 'lib/platform', 'functions', 'shared', 'web'],
  ...['package.json', 'package-lock.json'],
]

/** Runs the CDK's own command line. It, its app and the web build end with us, whenever that is. */
const synthesize = async (folder: string): Promise<void> => {
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk')
  const asked = [cdk, 'synth', '--quiet', '--no-notices', '-o', folder]
  const child = bound(process.execPath, asked, process.env, { cwd: root })
  const [said, [status]] = await Promise.all([child.stderr ? text(child.stderr) : '', once(child, 'close')])
  if (status !== 0) throw new CannotStart(`The CDK app could not be synthesized:\n${said.trim() || `status ${status}`}`)
}

/**
 * The cloud assembly of the CDK app, in `folder`: synthesized, or as it was synthesized of these very sources before.
 * `onSynthesis` is called if it takes a while. Throws CannotStart.
 */
export const synthesized = async (folder: string, onSynthesis: () => void): Promise<string> => {
  const [assembly, note] = [join(folder, 'assembly'), join(folder, 'assembly.json')]
  const hash = sourcesHash(assemblySources)
  if (existsSync(assembly) && readKept(note, { hash: '' }).hash === hash) return assembly
  onSynthesis()
  const making = `${assembly}.new`
  rmSync(making, { recursive: true, force: true })
  await synthesize(making)
  // The note goes first: at no moment does it speak of another assembly than the one that is there.
  rmSync(note, { force: true })
  rmSync(assembly, { recursive: true, force: true })
  renameSync(making, assembly)
  keep(note, { hash })
  return assembly
}
