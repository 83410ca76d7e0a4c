import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CannotStart } from '../lib/local/cannot-start.ts'
import { type Region, startRegion } from '../lib/local/region.ts'
import { announce, keepLasting, lastingIn, unannounce } from '../lib/local/running.ts'
import { synthesized } from '../lib/local/synthesize.ts'
import type { DemoAccount } from './directory/demo/accounts.ts'
import { loadDemoDirectory, loadDemoNews } from './directory/demo/load.ts'
import { figuresText, keepFigures } from './region/figures.ts'
import { type Options, readOptions, usage } from './region/options.ts'
import { prepare } from './region/prepare.ts'
import { welcome } from './region/welcome.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
// A terminal that was closed, or a pipe that nobody reads any more, ends the words and not the territory.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

let region: Region | undefined
let ending = false

/** Ends in order; at once if asked twice, or before all has started: what runs for us sees us go and ends too. */
const end = async (status: number): Promise<void> => {
  if (ending || !region) process.exit(status || 130)
  ending = true
  say(`\n${figuresText(region)}`)
  // A function at work may take longer than anybody wants to wait. Nothing is lost that was acknowledged.
  setTimeout(() => process.exit(status), 5_000).unref()
  await region.close().catch(() => {})
  process.exit(status)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))

/** npm runs us in a shell that passes no signal on. Its end is ours. */
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid
  setInterval(() => process.ppid !== shell && end(0), 500).unref()
}

const readAccounts = (data: string): DemoAccount[] | undefined => {
  const file = join(data, 'demo.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const run = async (options: Options): Promise<void> => {
  const began = performance.now()
  const { data, port } = options
  const database = process.env.PREAU_DYNAMODB
  const release = await prepare(options, database)
  process.once('exit', () => {
    unannounce(data)
    release()
  })
  const { empty = options.empty, since = new Date().toISOString() } = lastingIn(data) ?? {}
  const assembly = await synthesized(data, () => say('Building the web app and the functions: half a minute, once.'))

  let accounts = empty ? undefined : readAccounts(data)
  const toLoad = !empty && !accounts
  // A load that was ended goes on as of the day it began: the same news, at the same times.
  const now = () => new Date(since)
  const loading = (client: DynamoDBClient, table: string) => ({ client, table, data, now, log: say })
  const fill = async (client: DynamoDBClient, table: string): Promise<void> => {
    say('Loading the demo county, once.')
    // From here on it is no empty territory, even if it is ended before it is whole.
    keepLasting(data, { table, region: await client.config.region(), empty, since })
    accounts = await loadDemoDirectory(loading(client, table))
  }
  region = await startRegion({ assembly, folder: data, port, database, ...(toLoad && { fill }) })
  const { url, endpoint, table, client, region: name } = region
  region.ended.then(() => {
    if (ending) return
    process.stderr.write('The embedded database ended, and the territory with it: start it again.\n')
    end(1)
  })
  keepLasting(data, { table, region: name, empty, since })
  if (toLoad) {
    // An earlier start may have been ended between the directory and the news: it is all loaded again, to the same end.
    accounts ??= await loadDemoDirectory(loading(client, table))
    await loadDemoNews(loading(client, table), accounts)
  }
  announce(data, { url, endpoint, table, region: name, pid: process.pid })
  process.prependOnceListener('exit', keepFigures(data, region))
  say(welcome({ url, data, accounts, seconds: (performance.now() - began) / 1_000 }))
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') say(usage)
  else await run(options)
} catch (error) {
  // What was under way when we were ended fails, as it must.
  if (!ending) {
    ending = true
    process.stderr.write(error instanceof CannotStart ? `${error.message}\n` : `${(error as Error).stack}\n`)
    await region?.close()
    process.exit(1)
  }
}
