import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import type { Socket } from 'node:net'

/**
 * Runs the program, and in the background a watcher that reads our pipe to its end and then kills the process group.
 * The pipe is moved to descriptor 9, since a shell connects the standard input of background commands to /dev/null.
 * Descriptor 4 is held by the watcher alone, so that its own end is noticed.
 */
const watchedProgram =
  'exec 9<&0; (exec 3<&-; cat <&9 4>&-; kill -9 -$$) >/dev/null 2>&1 & exec "$0" "$@" </dev/null 9<&- 4>&-'

/** Kills what is left of a program's process group once its watcher has ended. */
const endUnwatched = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}

type Settings = {
  readonly cwd?: string
  /** Standard output and standard error; by default only standard error is read. */
  readonly output?: readonly ['pipe' | 'ignore', 'pipe' | 'ignore']
  /** Whether it is a Node program with an IPC channel. */
  readonly messages?: boolean
}

/**
 * Starts a program that is killed, with everything it started itself, when this process ends: also when this process is
 * killed by SIGKILL, and when the program's event loop is blocked. A shell reads a pipe that only this process holds
 * open, and kills the program's process group when the pipe closes; this process kills it when that shell ends before, since
 * nothing would end it afterwards. The program has a process group of its own, so that Ctrl-C reaches only this process,
 * which then ends its children in order. On Windows, which has no such shell, the program is not killed.
 * Decision: docs/decisions/0009-how-functions-run-on-one-machine.md
 */
export const startChildProcess = (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { cwd, output = ['ignore', 'pipe'], messages = false }: Settings = {},
): ChildProcess => {
  const options: SpawnOptions = {
    env,
    ...(cwd && { cwd }),
    stdio: ['pipe', ...output, messages ? 'ipc' : 'ignore', 'pipe'],
  }
  if (process.platform === 'win32') return spawn(program, args, options)
  const child = spawn('/bin/sh', ['-c', watchedProgram, program, ...args], { ...options, detached: true })
  // The pipe's error when the program ends needs no handling: the exit event reports it.
  child.stdin?.on('error', () => {})
  const watching = child.stdio[4] as Socket
  watching.on('error', () => {})
  watching.on('close', () => endUnwatched(child))
  watching.resume()
  return child
}

/** Waits for the exit of a process that was asked to end; kills it after `timeoutMs`. */
export const waitForExit = async (child: ChildProcess, timeoutMs = 2_000): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
