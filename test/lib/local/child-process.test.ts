import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
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

  it('lets a process that has nothing else to do wait for the end of the program', async () => {
    const source = `
      import { once } from 'node:events'
      import { startChildProcess } from ${module('lib/local/child-process.ts')}
      const [status] = await once(startChildProcess('/bin/sh', ['-c', 'exit 3'], process.env), 'close')
      process.stdout.write('ended by ' + status)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(await text(parent.stdout)).toBe('ended by 3')
  })

  it('ends the program when the shell that watches it is killed, since nothing would end it later', async () => {
    const { parent, children } = await start()
    const [program = 0] = children
    const shell = execFileSync('pgrep', ['-P', String(program), '-x', 'sh'], { encoding: 'utf8' })
    process.kill(Number(shell), 'SIGKILL')
    await expect.poll(() => children.map(isRunning)).toEqual([false, false])
    expect(isRunning(parent.pid ?? 0)).toBe(true)
  })
})

describe('startDynamoDb()', () => {
  it('leaves no database behind when the process of a test is killed', async () => {
    const source = `
      import { startDynamoDb } from ${module('test/support/dynamodb.ts')}
      const { endpoint } = await startDynamoDb()
      process.stdout.write(endpoint + '\\n')`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [endpoint] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
    const answers = () =>
      fetch(endpoint).then(
        () => true,
        () => false,
      )
    expect(await answers()).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(answers).toBe(false)
  })
})
