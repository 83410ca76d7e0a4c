import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hold } from '../../../lib/local/hold.ts'

const module = JSON.stringify(new URL('../../../lib/local/hold.ts', import.meta.url).href)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'preau-hold-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Another process, that holds the folder until it ends. */
const holder = async () => {
  const script = `import { hold } from ${module}
    globalThis.release = hold(${JSON.stringify(folder)})
    process.stdout.write(typeof globalThis.release)
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString() }
}

describe('hold', () => {
  it('hold() gives a folder to one process until it is let go', async () => {
    const release = hold(folder)
    const other = await holder()
    other.child.kill('SIGKILL')
    expect(other.said).toBe('undefined')
    release?.()
    const next = hold(folder)
    expect(next).toBeTypeOf('function')
    next?.()
  })

  it('hold() gives it on when its holder is killed', async () => {
    const { child, said } = await holder()
    expect(said).toBe('function')
    expect(hold(folder)).toBeUndefined()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const release = hold(folder)
    expect(release).toBeTypeOf('function')
    release?.()
  })

  it('hold() throws for a folder that cannot be written', () => {
    expect(() => hold(join(folder, 'absent'))).toThrow()
  })
})
