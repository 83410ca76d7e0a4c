import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { readAssembly } from '../../lib/local/assembly.ts'
import { bundling } from '../../lib/platform/bundle.ts'
import { type Figure, median, type Part } from './figure.ts'

/**
 * What every function has before it does anything: the client, and the client of documents over it. Bundled as the SDK
 * comes, with all its providers of credentials, so that the measure stays what it was when bundles had them too.
 */
const emptyHandler = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const handler = async () => ({ statusCode: documents ? 204 : 500 })
`

/** Loads a bundle as Lambda's runtime does, in a process of its own, and says how long that took. */
const load = `
const began = performance.now()
const { handler } = await import(process.argv[1])
const took = performance.now() - began
if (typeof handler !== 'function') throw new Error(process.argv[1] + ' exports no handler')
process.stdout.write('\\n' + took, () => process.exit())
`

type Bundle = { readonly name: string; readonly file: string; readonly environment: Record<string, string> }

type Declared = {
  FunctionName?: unknown
  Handler?: string
  Code?: { S3Key?: unknown }
  Environment?: { Variables?: Record<string, unknown> }
}

/** Stands for what only a deploy knows. Some functions look at what they are given: an ARN passes as a name too. */
const word = 'arn:aws:cloudfront::111122223333:key-value-store/bench'

/** The bundles of the assembly's functions. */
const bundlesOf = (folder: string): Bundle[] => {
  const { stacks, assetOf } = readAssembly(folder)
  return stacks.flatMap(({ template }) =>
    Object.values(template.Resources).flatMap(({ Type, Properties = {} }) => {
      const { FunctionName, Handler, Code, Environment } = Properties as Declared
      if (Type !== 'AWS::Lambda::Function' || Handler !== 'index.handler') return []
      const variables = Object.entries(Environment?.Variables ?? {})
      return {
        name: String(FunctionName).split('-').at(-1) ?? '',
        file: join(assetOf(String(Code?.S3Key)), 'index.mjs'),
        environment: Object.fromEntries(
          variables.map(([name, value]) => [name, typeof value === 'string' ? value : word]),
        ),
      }
    }),
  )
}

/** Functions that run at deploys and once a day: nobody waits for their init, and their clients are others. */
const atDeploys: ReadonlySet<string> = new Set(['keys', 'site'])

const initOf = ({ name, file, environment }: Bundle): number => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', load, pathToFileURL(file).href],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-west-3',
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
        ...environment,
      },
    },
  )
  // A bundle is one long line, which Node shows with the error.
  const reason = stderr.split('\n').find(line => /^\w*Error\b/.test(line))
  if (status !== 0) throw new Error(`${name} does not load: ${reason ?? `exit status ${status}`}`)
  return Number(stdout.split('\n').at(-1))
}

/**
 * Size and init of every function's bundle, beside those of an empty handler with the same clients. Each round loads
 * all of them once, so that what else the machine does falls on all alike.
 */
export const functions = (assembly: string, { rounds = 15 } = {}): Part => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bench-'))
  try {
    const entry = { contents: emptyHandler, resolveDir: bundling.absWorkingDir, loader: 'ts' } as const
    const [built] = buildSync({ ...bundling, alias: {}, sourcemap: false, stdin: entry }).outputFiles
    const file = join(folder, 'index.mjs')
    writeFileSync(file, built?.contents ?? '')
    const empty: Bundle = { name: 'an empty handler', file, environment: {} }
    const bundles = bundlesOf(assembly)
    if (bundles.length === 0) throw new Error(`${assembly} holds no function`)
    const times = new Map<Bundle, number[]>([empty, ...bundles].map(bundle => [bundle, []]))
    for (let round = 0; round < rounds; round++) for (const [bundle, taken] of times) taken.push(initOf(bundle))

    const init = (bundle: Bundle) => median(times.get(bundle) ?? [])
    const base = init(empty)
    const size = (bundle: Bundle): Figure => ({
      what: `bundle of ${bundle.name}`,
      value: statSync(bundle.file).size / 1000,
      unit: 'KB',
      ...(bundle !== empty && { atMost: 600 }),
    })
    const ratio = (bundle: Bundle): Figure => ({
      what: `init of ${bundle.name}`,
      value: init(bundle) / base,
      unit: 'x',
      ...(!atDeploys.has(bundle.name) && { atMost: 1.5 }),
      note: `${init(bundle).toFixed(0)} ms, median of ${rounds} processes`,
    })
    return {
      name: 'Functions, beside an empty handler with the SDK’s DynamoDB client',
      figures: [
        ...[empty, ...bundles].map(size),
        { what: 'init of an empty handler', value: base, unit: 'ms', note: `median of ${rounds} processes` },
        ...bundles.map(ratio),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
