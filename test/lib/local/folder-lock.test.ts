import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../lib/local/folder-lock.ts'

const module = JSON.stringify(new URL('../../../lib/local/folder-lock.ts', import.meta.url).href)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'preau-lock-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Starts another process that tries to lock the folder. @returns it, and the type of what lockFolder() returned. */
const lockInOtherProcess = async () => {
  const script = `import { lockFolder } from ${module}
    globalThis.release = lockFolder(${JSON.stringify(folder)})
    process.stdout.write(typeof globalThis.release)
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, result: output.toString() }
}

describe('lockFolder', () => {
  it('lockFolder() locks a folder for one process until it is released', async () => {
    const release = lockFolder(folder)
    const other = await lockInOtherProcess()
    other.child.kill('SIGKILL')
    expect(other.result).toBe('undefined')
    release?.()
    const next = lockFolder(folder)
    expect(next).toBeTypeOf('function')
    next?.()
  })

  it('lockFolder() can lock it again when the process that had the lock is killed', async () => {
    const { child, result } = await lockInOtherProcess()
    expect(result).toBe('function')
    expect(lockFolder(folder)).toBeUndefined()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const release = lockFolder(folder)
    expect(release).toBeTypeOf('function')
    release?.()
  })

  it('lockFolder() throws for a folder that cannot be written', () => {
    expect(() => lockFolder(join(folder, 'absent'))).toThrow()
  })
})
