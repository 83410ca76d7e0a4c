import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { root } from '../../lib/platform/root.ts'

test.each([
  ['nope', 'There is no screen nope. Known: sign-in, '],
  ['acount', 'There is no screen acount: did you mean account? Known: sign-in, '],
])('screens says that there is no %s, and builds nothing', async (name, said) => {
  const child = spawn(process.execPath, [join(root, 'test/browser/screens.ts'), name])
  const [error, out, [status]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'exit')])
  expect({ status, out }).toEqual({ status: 1, out: '' })
  expect(error.startsWith(said), error).toBe(true)
})
