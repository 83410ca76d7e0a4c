import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'

const module = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href)

/** Programs that look at nothing: one that works for ever, and starts another that sleeps for ever. */
const busy = `
  const { pid } = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' })
  require('node:fs').writeSync(2, process.pid + ' ' + pid + '\\n')
  while (true);`

/** Starts `busy` as bound(), tells both processes, and then stands still. */
const starter = `
  import { bound } from ${module('lib/local/child.ts')}
  const child = bound(process.execPath, ['-e', ${JSON.stringify(busy)}], process.env)
  child.stderr.pipe(process.stdout)
  setInterval(() => {}, 1_000)`

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const left: number[] = []
afterEach(() => {
  for (const pid of left.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
})

/** The process that started others, and those. */
const start = async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', starter], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  const children = line.split(' ').map(Number)
  left.push(parent.pid ?? 0, ...children)
  return { parent, children }
}

describe('bound', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'bound() starts what dies with us, and all that it started, when we are ended by %s',
    async signal => {
      const { parent, children } = await start()
      expect(children.map(isRunning)).toEqual([true, true])
      parent.kill(signal)
      await expect.poll(() => children.map(isRunning), { timeout: 10_000 }).toEqual([false, false])
    },
  )
})
