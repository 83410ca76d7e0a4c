import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adaptAssembly } from './adapt.ts'
import { account, type Emulator, region } from './emulator.ts'
import { run } from './run.ts'

const cli = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url))
const minute = 60_000

/** The CDK's own command line, talking to the emulator. */
const cdk = (emulator: Emulator, args: readonly string[], cwd: string, signal: AbortSignal): Promise<string> =>
  run(process.execPath, [cli, ...args, '--no-notices', '--ci', '--progress', 'events'], {
    cwd,
    env: emulator.environment,
    timeoutMs: 5 * minute,
    signal,
  })

/** Gives the account what the CDK deploys with: a bucket for bundles, roles. */
export const bootstrap = (emulator: Emulator, cwd: string, signal: AbortSignal): Promise<string> =>
  cdk(emulator, ['bootstrap', `aws://${account}/${region}`], cwd, signal)

export type Deploy = {
  /** The project. */
  readonly cwd: string
  /** A folder for the assembly and the outputs. */
  readonly scratch: string
  readonly territory: string
  /** Keeps what was made if the deploy fails: its logs say why. Such a deploy may replace nothing. */
  readonly keep: boolean
}
export type Deployment = { readonly outputs: Readonly<Record<string, string>>; readonly adapted: readonly string[] }

/** Synthesizes a territory and deploys all its stacks. `adapted` names what the emulator was given otherwise. */
export const deploy = async (emulator: Emulator, how: Deploy, signal: AbortSignal): Promise<Deployment> => {
  const { cwd, scratch, territory, keep } = how
  const [assembly, file] = [join(scratch, 'cdk.out'), join(scratch, 'outputs.json')]
  const context = ['-c', `territory=${territory}`]
  await cdk(emulator, ['synth', '--all', '--quiet', ...context, '--output', assembly], cwd, signal)
  const adapted = await adaptAssembly(assembly)
  const args = ['deploy', '--all', ...context, '--app', assembly, '--require-approval', 'never']
  await cdk(emulator, [...args, '--outputs-file', file, ...(keep ? ['--no-rollback'] : [])], cwd, signal)
  const stacks = JSON.parse(await readFile(file, 'utf8')) as Record<string, Deployment['outputs']>
  const outputs = stacks[`preau-${territory}`]
  if (!outputs) throw new Error(`the deploy has no outputs of preau-${territory}: ${Object.keys(stacks).join(', ')}`)
  return { outputs, adapted }
}
