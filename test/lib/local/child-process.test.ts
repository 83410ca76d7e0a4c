import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { isRunning } from '../../support/region-process.ts'

const module = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href)

/** A program that blocks its event loop for ever, after it has started another one that sleeps. */
const busy = `
  const { pid } = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' })
  require('node:fs').writeSync(2, process.pid + ' ' + pid + '\\n')
  while (true);`

/** A program that starts `busy` by startChildProcess(), prints both process ids, and then idles. */
const starter = `
  import { startChildProcess } from ${module('lib/local/child-process.ts')}
  const child = startChildProcess(process.execPath, ['-e', ${JSON.stringify(busy)}], process.env)
  child.stderr.pipe(process.stdout)
  setInterval(() => {}, 1_000)`

const left: number[] = []
afterEach(() => {
  for (const pid of left.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
})

/** Starts `starter`. @returns it, and the process ids of the two it started. */
const start = async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', starter], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  const children = line.split(' ').map(Number)
  left.push(parent.pid ?? 0, ...children)
  return { parent, children }
}

describe('startChildProcess', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'startChildProcess() starts a program that is killed, with its own children, when this process ends by %s',
    async signal => {
      const { parent, children } = await start()
      expect(children.map(isRunning)).toEqual([true, true])
      parent.kill(signal)
      await expect.poll(() => children.map(isRunning)).toEqual([false, false])
    },
  )
})
