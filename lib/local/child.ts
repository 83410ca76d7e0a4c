import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Starts a program that dies with this process, even when this process is killed and can do nothing about it: a shell
 * waits at a pipe that only we hold open and kills the program when it closes. The program gets a process group of its
 * own, so that Ctrl-C reaches us alone and we end things in order.
 */
export const bound = (program: string, args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess =>
  spawn('/bin/sh', ['-c', '(cat; kill -9 $$) <&0 >/dev/null 2>&1 & exec "$0" "$@" </dev/null', program, ...args], {
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
