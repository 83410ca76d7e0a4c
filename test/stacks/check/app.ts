import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { afterAll } from 'vitest'
import { root } from '../../../lib/platform/root.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** An app with the context of cdk.json, as the CDK's command line gives it; its assembly goes when the file's tests have ended. */
export const testApp = (): App => {
  const outdir = mkdtempSync(join(tmpdir(), 'preau-'))
  folders.push(outdir)
  return new App({ outdir, context: JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context })
}
