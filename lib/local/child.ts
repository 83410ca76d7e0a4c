import { type ChildProcess, spawn } from 'node:child_process'

/** The pipe is kept as 3: a shell gives what runs in its background nothing to read as 0. */
const kept = 'exec 3<&0; (cat <&3; kill -9 $$) >/dev/null 2>&1 & exec "$0" "$@" </dev/null 3<&-'

/**
 * Starts a program that dies with this process, even when this process is killed and can do nothing about it: a shell
 * waits at a pipe that only we hold open and kills the program when it closes. The program gets a process group of its
 * own, so that Ctrl-C reaches us alone and we end things in order.
 */
export const bound = (program: string, args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess =>
  spawn('/bin/sh', ['-c', kept, program, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: environment,
    detached: true,
  })

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
