import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { keep } from '../../lib/local/kept.ts'
import { assemblySources } from '../../lib/local/synthesize.ts'
import { root } from '../../lib/platform/root.ts'
import { sourcesHash } from '../../lib/platform/sources.ts'
import { assembly } from './assembly.ts'
import { eventually } from './http.ts'

/** `npm start` as a process of its own. */
export type RegionProcess = {
  readonly child: ChildProcess
  /** What it has written, on both outputs. */
  readonly said: () => string
  /** Waits until it has written this; throws if it ends before. */
  readonly until: (text: string) => Promise<void>
  /** Waits until it is ready. @returns its address. */
  readonly ready: () => Promise<string>
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>
  /** It and all processes that descend from it, now. */
  readonly processes: () => number[]
}

/** Puts the assembly of the sources as they are into a territory's folder, as if a start had synthesized it. */
export const withAssembly = async (data: string): Promise<void> => {
  const made = await assembly()
  mkdirSync(data, { recursive: true })
  if (!existsSync(join(data, 'assembly'))) symlinkSync(made, join(data, 'assembly'))
  keep(join(data, 'assembly.json'), { hash: sourcesHash(assemblySources) })
}

const descendants = (of: number): number[] => {
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
  const found = [of]
  for (const one of found) found.push(...parents.flatMap(([pid = 0, parent]) => (parent === one ? [pid] : [])))
  return found
}

export const startRegionProcess = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): RegionProcess => {
  const child = spawn(process.execPath, [join(root, 'bin/region.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let isOver = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      said += text.toString()
    })
  const ended = once(child, 'close').then(([status, signal]) => {
    isOver = true
    return { status, signal }
  })
  const until = async (text: string): Promise<void> => {
    await eventually(async () => {
      if (said.includes(text)) return true
      if (isOver) throw new Error(`the territory ended and never wrote "${text}":\n${said}`)
      return undefined
    }, 120_000)
  }
  return {
    child,
    said: () => said,
    until,
    ready: async () => {
      await until('Ctrl-C ends it')
      return /Préau is ready at (\S+)/.exec(said)?.[1] ?? ''
    },
    ended,
    processes: () => descendants(child.pid ?? 0),
  }
}

/** Whether a process still runs. */
export const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
