import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { territoryApp } from '../../../lib/app.ts'
import { root } from '../../../lib/platform/root.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/**
 * The CDK app of a territory in this process, with the context of cdk.json. Its output folder is deleted when the test
 * file has ended.
 */
export const appOf = (territory: string) => {
  const outdir = mkdtempSync(join(tmpdir(), 'preau-'))
  folders.push(outdir)
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))
  return { outdir, ...territoryApp({ outdir, context: { ...context, territory } }) }
}
