import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, buildSync } from 'esbuild'
import { buildOnce, sourcesHash } from './build-cache.ts'
import { root } from './root.ts'

/** Defines `require` for CommonJS libraries in the bundle, which load Node's own modules by it. */
const banner = "import{createRequire as r}from'node:module';const require=r(import.meta.url);"

/** The esbuild options of functions, which the bench uses too. */
export const bundling = {
  absWorkingDir: root,
  outfile: 'index.mjs',
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Every client of the SDK imports the chain of all credential providers: 135 of 460 KB, of which 1 KB is used.
  alias: { '@aws-sdk/credential-provider-node': './functions/platform/lambda-credentials.ts' },
  minify: true,
  sourcemap: 'external',
  legalComments: 'none',
  banner: { js: banner },
  logLevel: 'warning',
} as const satisfies BuildOptions

/**
 * Bundles a function with everything it imports, the SDK included, so that the tested code is the deployed code. The
 * source map stays on this machine (`dist/functions/…/maps`), to read stack traces with: inside the bundle it would be
 * loaded at each cold start.
 * @param entry a path from the project's folder.
 * @returns a folder that holds `index.mjs` and nothing else.
 */
export const bundle = (name: string, entry: string): string => {
  const sources = ['functions', 'shared', 'lib/platform/bundle.ts', 'package-lock.json']
  const hash = sourcesHash(sources)
  return buildOnce('functions', `${hash}/${name}`, folder => {
    const { outputFiles } = buildSync({ ...bundling, entryPoints: [entry] })
    const maps = join(root, 'dist/functions', hash, 'maps')
    mkdirSync(maps, { recursive: true })
    for (const { path, contents } of outputFiles)
      writeFileSync(path.endsWith('.map') ? join(maps, `${name}.mjs.map`) : join(folder, 'index.mjs'), contents)
  })
}
