import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FunctionSettings } from '../../../lib/local/environment.ts'

/** The settings of a function whose code is a new folder with this module. */
export const bundleOf = (code: string, more: Partial<FunctionSettings> = {}): FunctionSettings => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bundle-'))
  writeFileSync(join(folder, 'index.mjs'), code)
  return { name: 'one', code: folder, handler: 'index.handler', variables: {}, memory: 128, timeout: 5_000, ...more }
}
