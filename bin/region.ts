import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { readAssembly } from '../lib/local/assembly.ts'
import { CannotStart } from '../lib/local/cannot-start.ts'
import { folderError } from '../lib/local/data-folder.ts'
import { type Region, startRegion } from '../lib/local/region.ts'
import { synthesizeOnce } from '../lib/local/synthesize.ts'
import {
  deleteRunningTerritory,
  noteRunning,
  readPersistedTerritory,
  writePersistedTerritory,
  writeRunningTerritory,
} from '../lib/local/territory-files.ts'
import { itemGenerations } from '../shared/kernel/item-generation.ts'
import type { DemoAccount } from './directory/demo/accounts.ts'
import type { PutDocument } from './directory/demo/documents.ts'
import { loadDemoDirectory, loadDemoNews } from './directory/demo/load.ts'
import { watchFolder } from './region/drop-folder.ts'
import { figuresText, writeFigures } from './region/figures.ts'
import { type Options, readOptions, usage } from './region/options.ts'
import { checkPlace, prepare } from './region/prepare.ts'
import { step } from './region/steps.ts'
import { welcome } from './region/welcome.ts'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
// Ignore EPIPE and EIO: the territory outlives its terminal.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

/** The exit status of a process interrupted by Ctrl-C, as shells report it: 128 + SIGINT. */
const interrupted = 130
/** Milliseconds to wait for functions in progress when the territory ends. No acknowledged write is lost after that. */
const closeTimeoutMs = 5_000
/** Milliseconds between two looks whether the shell that npm started us in is still there. */
const parentCheckMs = 500

let region: Region | undefined
let ending = false

/**
 * Ends the territory in order. At the second call, or before the territory has started, exits at once: child processes
 * are killed when this process is gone.
 */
const end = async (status: number): Promise<void> => {
  if (ending || !region) process.exit(status || interrupted)
  ending = true
  print(`\n${figuresText(region)}`)
  setTimeout(() => process.exit(status), closeTimeoutMs).unref()
  await region.close().catch(() => {})
  process.exit(status)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))

// npm runs scripts in a shell that does not forward signals: end when that shell has ended.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid
  setInterval(() => process.ppid !== shell && end(0), parentCheckMs).unref()
}

/** Puts the objects of the demo's documents into the bucket of this machine. */
const documentsIn =
  ({ storage, outputs }: Region): PutDocument =>
  async (Key, Body, ContentType, ChecksumSHA256) => {
    const Bucket = outputs.DocumentsBucketName
    await storage.client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, ChecksumSHA256 }))
  }

const readAccounts = (data: string): DemoAccount[] | undefined => {
  const file = join(data, 'demo.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const run = async (options: Options): Promise<void> => {
  const startedAt = performance.now()
  const { data, port } = options
  const database = process.env.PREAU_DYNAMODB
  const release = await prepare(options, database)
  process.once('exit', () => {
    deleteRunningTerritory(data)
    release()
  })
  const persisted = readPersistedTerritory(data)
  const { empty = options.empty, since = new Date().toISOString() } = persisted ?? {}
  const assembly = await synthesizeOnce(data, synthesis =>
    step(print, 'Building the web app and the functions, half a minute or more, until sources change', synthesis),
  )

  const [stack] = readAssembly(assembly).stacks
  if (persisted && stack) checkPlace(data, persisted, stack)

  let accounts = empty ? undefined : readAccounts(data)
  const toLoad = !empty && !accounts
  // A load that was interrupted is continued as of the time it began, so that its news gets the same dates.
  const now = () => new Date(since)
  const loading = (client: DynamoDBClient, table: string) => ({ client, table, data, now, log: print })
  const loadDirectory = (client: DynamoDBClient, table: string) =>
    step(print, 'Loading the demo county, once: four schools and their families', ({ tell }) =>
      loadDemoDirectory({
        ...loading(client, table),
        progress: ({ phase, done, total }) => tell(`${phase} ${Math.floor((100 * done) / Math.max(1, total))} %`),
      }),
    )
  const fill = async (client: DynamoDBClient, table: string): Promise<void> => {
    // Written before the load, so that an interrupted one is not taken for an empty territory.
    writePersistedTerritory(data, {
      table,
      region: await client.config.region(),
      empty,
      since,
      items: itemGenerations.current,
    })
    accounts = await loadDirectory(client, table)
  }
  region = await startRegion({ assembly, folder: data, port, database, ...(toLoad && { fill }) })
  const started = region
  const { url, endpoint, table, client, region: name } = started
  region.ended.then(() => {
    if (ending) return
    process.stderr.write('The embedded database ended, and the territory with it: start it again.\n')
    end(1)
  })
  writePersistedTerritory(data, { table, region: name, empty, since, items: itemGenerations.current })
  if (toLoad) {
    // An earlier start may have been interrupted between directory and news: loading the directory again changes nothing.
    const loaded = accounts ?? (await loadDirectory(client, table))
    accounts = loaded
    await step(print, 'Publishing two weeks of news', () =>
      loadDemoNews({ ...loading(client, table), putDocument: documentsIn(started) }, loaded),
    )
  }
  process.once(
    'exit',
    watchFolder(join(data, 'feeds'), region.storage.client, region.outputs.FeedsBucketName ?? '').stop,
  )
  writeRunningTerritory(data, { url, endpoint, table, region: name, pid: process.pid })
  process.once('exit', noteRunning(process.cwd(), data))
  process.prependOnceListener('exit', writeFigures(data, region))
  print(welcome({ url, data, accounts, seconds: (performance.now() - startedAt) / 1_000 }))
}

let data = '.preau'
try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') print(usage)
  else {
    data = options.data
    await run(options)
  }
} catch (error) {
  // Steps in progress fail when the territory is being ended; that is not reported.
  if (!ending) {
    ending = true
    const told = folderError(data, error)
    process.stderr.write(told instanceof CannotStart ? `${told.message}\n` : `${told.stack}\n`)
    await region?.close()
    process.exit(1)
  }
}
