import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

/** What the shell does: the pipe is kept as 9, for a shell gives what runs in its background nothing to read as 0. */
const watched = 'exec 9<&0; (exec 3<&-; cat <&9; kill -9 -$$) >/dev/null 2>&1 & exec "$0" "$@" </dev/null 9<&-'

type Settings = {
  readonly cwd?: string
  /** What becomes of what it writes; unless said, errors alone are read. */
  readonly output?: readonly ['pipe' | 'ignore', 'pipe' | 'ignore']
  /** Whether it is a Node program that is spoken to by messages. */
  readonly messages?: boolean
}

/**
 * Starts a program that dies with this process, and all that it started itself: even when this process is killed and
 * can do nothing about it, even when the program never looks up from its work. A shell waits at a pipe that only we
 * hold open and kills the program's process group when it closes. The group is the program's own, so that Ctrl-C
 * reaches us alone and we end things in order. Where there is no such shell (Windows) the program is on its own.
 * Decision: docs/decisions/0009-how-functions-run-on-one-machine.md
 */
export const bound = (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { cwd, output = ['ignore', 'pipe'], messages = false }: Settings = {},
): ChildProcess => {
  const options: SpawnOptions = {
    env,
    ...(cwd && { cwd }),
    stdio: ['pipe', ...output, ...(messages ? ['ipc' as const] : [])],
  }
  if (process.platform === 'win32') return spawn(program, args, options)
  const child = spawn('/bin/sh', ['-c', watched, program, ...args], { ...options, detached: true })
  // It closes when the program ends, which is no news.
  child.stdin?.on('error', () => {})
  return child
}

/** Waits until a process that was told to end has ended; kills it after `patience` milliseconds. */
export const ended = async (child: ChildProcess, patience = 2_000): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => child.kill('SIGKILL'), patience)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
