import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { describe, expect, it, vi } from 'vitest'
import { bundling } from '../../../lib/platform/bundle.ts'
import { root } from '../../../lib/platform/root.ts'

/** The entries that lib/ deploys. */
const entries = globSync('lib/**/*.ts', { cwd: root }).flatMap(path =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/'(functions\/[\w-]+\/[\w-]+\.ts)'/g)].map(
    ([, entry]) => entry ?? '',
  ),
)

/** The packages whose code is in the bundle of an entry. */
const packagesIn = (entry: string): string[] => {
  const { outputs } = buildSync({ ...bundling, sourcemap: false, metafile: true, entryPoints: [entry] }).metafile
  const inputs = Object.values(outputs).flatMap(output => Object.keys(output.inputs))
  return [...new Set(inputs.flatMap(path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))]
}

describe('the bundle of a function', () => {
  it.each(entries)('%s has no provider of credentials that Lambda does not use', entry => {
    const packages = packagesIn(entry)
    expect(packages).toContain('@aws-sdk/credential-provider-env')
    const others = /credential-provider-(?!env$)|token-providers|nested-clients|client-(sso|sts|signin)/
    expect(packages.filter(name => others.test(name))).toEqual([])
  })

  it('is looked at for every function', () => {
    expect(entries).toEqual(expect.arrayContaining(globSync('functions/*/handler.ts', { cwd: root })))
  })

  it('signs with the credentials of the environment variables, as Lambda sets them', async () => {
    const contents =
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'\nexport const client = new DynamoDBClient({})"
    const stdin = { contents, resolveDir: root, loader: 'ts' } as const
    const folder = mkdtempSync(join(tmpdir(), 'preau-bundle-'))
    try {
      const [built] = buildSync({ ...bundling, sourcemap: false, stdin }).outputFiles
      writeFileSync(join(folder, 'index.mjs'), built?.contents ?? '')
      const { client } = await import(pathToFileURL(join(folder, 'index.mjs')).href)
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDTEST')
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
      vi.stubEnv('AWS_SESSION_TOKEN', 'token')
      const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' }
      expect(await client.config.credentials()).toMatchObject(credentials)
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  })
})
