import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { startDynamoDb } from '../../support/dynamodb.ts'
import type { Figure, Part } from '../figure.ts'
import type { Run } from './child.ts'
import { writeFeed } from './feed.ts'

const child = fileURLToPath(new URL('./child.ts', import.meta.url))

/** Megabytes an import may take, whatever the size of its feed. */
const mostMemory = 400

/** What `npm run directory` gives Node: without it the young generation alone takes 100 MB of a large machine. */
const asDirectory = (): string[] => {
  const text = readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8')
  const { scripts } = JSON.parse(text) as { scripts: { directory: string } }
  return scripts.directory.split(' ').filter(word => word.startsWith('--'))
}

const runOf = async (...given: string[]): Promise<Run> => {
  const running = spawn(process.execPath, [...asDirectory(), child, ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
  const code = new Promise<number | null>(resolve => running.once('exit', resolve))
  const output = await text(running.stdout)
  if ((await code) !== 0) throw new Error(`the import bench's ${given[0]} failed`)
  return JSON.parse(output) as Run
}

const size = (people: number) => `${people.toLocaleString('en')} people`

const figures = (what: string, people: number, { records, seconds, peak }: Run): Figure[] => [
  { what: `${what} of ${size(people)}`, value: records / seconds, unit: '/s', note: `${seconds.toFixed(1)} s` },
  { what: `peak memory, ${what} of ${size(people)}`, value: peak, unit: 'MB', atMost: mostMemory },
]

const parsing = async (folder: string, people: number): Promise<Figure[]> => {
  const path = join(folder, `parse-${people}`)
  const written = await writeFeed(path, people)
  const run = await runOf('parse', path)
  rmSync(path, { recursive: true })
  return figures('parsing', written, run)
}

/** Parsing alone, then all that an import does but its writes: those of a million people take the embedded table half an hour. */
const reading = async (folder: string, people: number): Promise<Figure[]> => {
  const path = join(folder, `read-${people}`)
  const written = await writeFeed(path, people)
  const database = await startDynamoDb()
  try {
    return [
      ...figures('parsing', written, await runOf('parse', path)),
      ...figures('dry run', written, await runOf('compare', path, database.endpoint, database.table)),
    ]
  } finally {
    await database.close()
    rmSync(path, { recursive: true })
  }
}

const importing = async (folder: string, people: number): Promise<Figure[]> => {
  const path = join(folder, `import-${people}`)
  const written = await writeFeed(path, people)
  const database = await startDynamoDb()
  try {
    const first = await runOf('import', path, database.endpoint, database.table)
    const again = await runOf('import', path, database.endpoint, database.table)
    return [
      ...figures('import', written, first),
      { what: `items written, import of ${size(written)}`, value: first.written, unit: 'records' },
      ...figures('import again', written, again),
      { what: `items written, import again of ${size(written)}`, value: again.written, unit: 'records', atMost: 0 },
    ]
  } finally {
    await database.close()
    rmSync(path, { recursive: true })
  }
}

/**
 * Imports generated feeds: parsing alone, a dry run, and the whole import into the embedded table, which is most of the
 * time it takes. At several sizes, to show that memory does not grow with them.
 */
export const imports = async ({ parse = 1_000_000, import: whole = 50_000 } = {}): Promise<Part> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bench-import-'))
  try {
    return {
      name: 'Directory import (AAF)',
      figures: [
        ...(await parsing(folder, parse / 10)),
        ...(await reading(folder, parse)),
        ...(await importing(folder, whole / 5)),
        ...(await importing(folder, whole)),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
