import { spawn } from 'node:child_process'

export type RunOptions = {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds; longer is a failure. */
  readonly timeoutMs: number
  /** Ends the program early. */
  readonly signal: AbortSignal
}

/** A program ended badly. `output` is all it printed. */
export class ProgramFailed extends Error {
  readonly output: string

  constructor(what: string, output: string) {
    super(what)
    this.name = 'ProgramFailed'
    this.output = output
  }
}

/**
 * Runs a program to its end and gives what it printed. It has a process group of its own, which ends with it: nothing
 * that it started stays behind. Throws `ProgramFailed` if it ends badly, late, or cannot be started.
 */
export const run = (program: string, args: readonly string[], options: RunOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const { cwd, env, timeoutMs, signal } = options
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let output = ''
    let why: string | undefined
    const end = (reason: string) => {
      why ??= reason
      if (child.pid === undefined) return
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile, and its group with it.
      }
    }
    const stop = () => end('was stopped')
    const timer = setTimeout(() => end(`did not end within ${Math.round(timeoutMs / 1000)} s`), timeoutMs)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    const keep = (part: Buffer) => {
      output += part.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const clear = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    child.once('error', error => {
      clear()
      reject(new ProgramFailed(`${program} could not be started: ${error.message}`, output))
    })
    child.once('close', code => {
      clear()
      if (code === 0 && why === undefined) resolve(output)
      else reject(new ProgramFailed(`${program} ${args.join(' ')} ${why ?? `ended with ${code}`}`, output))
    })
  })
