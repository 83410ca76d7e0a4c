import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PythonPackage } from '../deploy/python.ts'
import { ProgramFailed, run } from '../deploy/run.ts'

/** Generates requests from an OpenAPI document, right ones and wrong ones, and compares the replies with it. */
export const schemathesis: PythonPackage = { name: 'schemathesis', version: '4.32.5', module: 'schemathesis' }

/**
 * Checks that say nothing here: CloudFront itself refuses TRACE, and test/journeys/methods.test.ts asks for every other
 * method; a text may be of its schema and blank, and a cursor of no list, for which JSON Schema has no words.
 */
const excluded = ['unsupported_method', 'positive_data_acceptance']

export type Asked = {
  /** The territory's address. */
  readonly url: string
  /** The token of who asks; absent: nobody is signed in. */
  readonly session: string | undefined
  /** Ids that exist, by the name of a path's parameter: most requests are about one of them. */
  readonly known: Readonly<Record<string, readonly string[]>>
  /** Operations that are left out. */
  readonly without: readonly string[]
  readonly seed: string
  /** Cases of each operation, beside those that cover the bounds of its schemas. */
  readonly cases: number
}

export type Run = { readonly python: string; readonly folder: string; readonly signal: AbortSignal }

/** How bad data may be refused: as schemathesis expects, and where a body is larger than what is read of it (413). */
const refusing = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429, '5xx']

const configuration = ({ session, known }: Asked): string =>
  [
    '[checks.negative_data_rejection]',
    `expected-statuses = ${JSON.stringify(refusing.map(String))}`,
    ...(session === undefined ? [] : ['[auth.openapi.session]', `api_key = ${JSON.stringify(session)}`]),
    '[dictionaries]',
    ...Object.entries(known).map(([name, values]) => `${name} = { values = ${JSON.stringify(values)} }`),
    '[parameters]',
    ...Object.keys(known).map(name => `"path.${name}" = { dictionary = "${name}", probability = 0.8 }`),
  ].join('\n')

/**
 * Asks a running territory as its own document says. @returns how many cases there were. Throws `ProgramFailed` with
 * what schemathesis found, each with a request that shows it.
 */
export const askAsDocumented = async (asked: Asked, { python, folder, signal }: Run): Promise<number> => {
  const file = join(folder, 'schemathesis.toml')
  await writeFile(file, configuration(asked))
  const args = ['--config-file', file, 'run', `${asked.url}/api/openapi.json`, '--no-color', '--seed', asked.seed]
  const generated = ['--phases', 'coverage,fuzzing', '--max-examples', String(asked.cases), '--continue-on-failure']
  const checked = ['--checks', 'all', '--exclude-checks', excluded.join(','), '--generation-database', 'none']
  const left = asked.without.flatMap(id => ['--exclude-operation-id', id])
  const output = await run(python, ['-m', 'schemathesis.cli', ...args, ...generated, ...checked, ...left], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' },
    timeoutMs: 60 * 60_000,
    signal,
  })
  const cases = Number(/(\d+) generated/.exec(output)?.[1])
  if (!(cases > 0)) throw new ProgramFailed('schemathesis generated no case', output)
  return cases
}
