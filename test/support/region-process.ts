import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { writeJson } from '../../lib/local/json-file.ts'
import { assemblySources } from '../../lib/local/synthesize.ts'
import { sourcesHash } from '../../lib/platform/build-cache.ts'
import { root } from '../../lib/platform/root.ts'
import { builtAssembly } from './built.ts'
import { eventually } from './http.ts'
import { timeoutMs } from './timeout.ts'

/** `npm start` as a child process. */
export type RegionProcess = {
  readonly child: ChildProcess
  /** What it has written so far, on standard output and standard error. */
  readonly output: () => string
  /** Waits until it has written this; throws if it ends before. */
  readonly until: (text: string) => Promise<void>
  /** Waits until it is ready. @returns its address. */
  readonly ready: () => Promise<string>
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>
  /** The ids of the process and all its descendants at this moment. */
  readonly processes: () => number[]
}

/** Puts the assembly of the current sources into a territory's folder, as if an earlier start had synthesized it. */
export const withAssembly = (data: string): void => {
  mkdirSync(data, { recursive: true })
  if (!existsSync(join(data, 'assembly'))) symlinkSync(builtAssembly(), join(data, 'assembly'))
  writeJson(join(data, 'assembly.json'), { hash: sourcesHash(assemblySources) })
}

const descendants = (of: number): number[] => {
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
  const pids = [of]
  for (const one of pids) pids.push(...parents.flatMap(([pid = 0, parent]) => (parent === one ? [pid] : [])))
  return pids
}

export const startRegionProcess = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): RegionProcess => {
  const child = spawn(process.execPath, [join(root, 'bin/region.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let hasEnded = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString()
    })
  const ended = once(child, 'close').then(([status, signal]) => {
    hasEnded = true
    return { status, signal }
  })
  const until = async (text: string): Promise<void> => {
    await eventually(async () => {
      if (output.includes(text)) return true
      if (hasEnded) throw new Error(`The territory ended without writing "${text}":\n${output}`)
      return undefined
    }, timeoutMs(60))
  }
  return {
    child,
    output: () => output,
    until,
    ready: async () => {
      await until('Ctrl-C ends it')
      return /Préau is ready at (\S+)/.exec(output)?.[1] ?? ''
    },
    ended,
    processes: () => descendants(child.pid ?? 0),
  }
}

/** Whether a process still runs. */
export const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
