import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Stage } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { type BuildOptions, buildSync } from 'esbuild'
import { root } from './root.ts'

/** CommonJS libraries inside the bundle find Node's own modules through this. */
const banner = "import{createRequire as r}from'node:module';const require=r(import.meta.url);"

/** How a function is bundled; also what the bench compares a function with. */
export const bundling = {
  absWorkingDir: root,
  outfile: 'index.mjs',
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'external',
  legalComments: 'none',
  banner: { js: banner },
  logLevel: 'warning',
} as const satisfies BuildOptions

/**
 * Bundles a function with all it imports, the SDK too: what is tested is what runs. The source map stays beside the
 * assembly (`maps/`), for whoever reads a stack trace: in the bundle it would be loaded at each cold start.
 * @param entry a path from the project's folder.
 * @returns the folder that holds `index.mjs`.
 */
export const bundle = (scope: Construct, name: string, entry: string): string => {
  const { outdir } = Stage.of(scope) ?? {}
  if (!outdir) throw new Error(`bundle() needs a stage to write ${name} into`)
  const folder = join(outdir, 'bundles', name)
  const { outputFiles } = buildSync({ ...bundling, entryPoints: [entry] })
  const maps = join(outdir, 'maps')
  mkdirSync(folder, { recursive: true })
  mkdirSync(maps, { recursive: true })
  for (const file of outputFiles)
    writeFileSync(
      basename(file.path) === 'index.mjs' ? join(folder, 'index.mjs') : join(maps, `${name}.mjs.map`),
      file.contents,
    )
  return folder
}

/** The code of a function: its bundle and nothing else. */
export const bundled = (scope: Construct, name: string, entry: string): Code =>
  Code.fromAsset(bundle(scope, name, entry))
