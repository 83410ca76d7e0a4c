import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../bin/directory.ts', import.meta.url))

/** How a command ended. */
export type Ended = {
  readonly status: number | null
  readonly out: string
  readonly error: string
  /** Which territory it said that it works on, with which its error output begins. */
  readonly on: string | undefined
}

/** For Node, so that the command takes its error output for a terminal. */
const watching = 'data:text/javascript,process.stderr.isTTY = true; process.stderr.columns = 80'

export type Running = { readonly pid: number | undefined; readonly ended: Promise<Ended>; readonly kill: () => void }

export type Setting = {
  /** As if on a terminal. */
  readonly watched?: boolean
  readonly cwd?: string
  /** Of the test: a command does not outlive a test that timed out. */
  readonly signal?: AbortSignal
}

/** Starts `npm run directory`'s program in a process of its own. */
export const startCommand = (args: readonly string[], { watched, cwd = '.', signal }: Setting = {}): Running => {
  signal?.throwIfAborted()
  const child = spawn(process.execPath, [...(watched ? ['--import', watching] : []), program, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // No credentials of the machine's, and nobody asked for any.
    env: { PATH: process.env.PATH, HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true' },
  })
  const status = new Promise<number | null>(resolve => child.once('exit', resolve))
  const ended = Promise.all([status, text(child.stdout), text(child.stderr)]).then(([code, out, said]) => {
    const [line, on] = /^On (.*)\.\n/.exec(said) ?? ['']
    return { status: code, out, error: said.slice(line.length), on }
  })
  const kill = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', kill)
  return { pid: child.pid, ended, kill }
}

/** Runs it to its end. */
export const command = (args: readonly string[], options: Setting = {}): Promise<Ended> =>
  startCommand(args, options).ended
