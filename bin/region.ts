import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CannotStart } from '../lib/local/cannot-start.ts'
import { type Region, startRegion } from '../lib/local/region.ts'
import { announce, keepLasting, lastingIn, runningIn } from '../lib/local/running.ts'
import { synthesized } from '../lib/local/synthesize.ts'
import type { DemoAccount } from './directory/demo/accounts.ts'
import { loadDemoDirectory, loadDemoNews } from './directory/demo/load.ts'

const usage = `Usage: npm start [-- <options>]

  Runs the territory on this machine.

  --port <number>   where it answers: 8080 unless said
  --data <folder>   where it keeps everything: .preau unless said
  --fresh           forget what is there and start anew
  --empty           a new territory without the demo county
  --help            this text`

type Options = { readonly port: number; readonly data: string; readonly fresh: boolean; readonly empty: boolean }

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const readOptions = (args: readonly string[]): Options | 'help' => {
  const parse = () =>
    parseArgs({
      args: [...args],
      options: {
        ...{ port: { type: 'string', default: '8080' }, data: { type: 'string', default: '.preau' } },
        ...{ fresh: { type: 'boolean', default: false }, empty: { type: 'boolean', default: false } },
        help: { type: 'boolean', default: false },
      },
    })
  let values: ReturnType<typeof parse>['values']
  try {
    values = parse().values
  } catch (error) {
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Known: --port --data --fresh --empty --help.`)
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CannotStart(`--port needs a number up to 65535, not "${values.port}".`)
  return values.help ? 'help' : { port, data: resolve(values.data), fresh: values.fresh, empty: values.empty }
}

/** Refuses a taken port before anything else is done for it. */
const checkPort = (port: number): Promise<void> =>
  new Promise((done, refuse) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`
      refuse(new CannotStart(`The port ${port} ${why}: choose another one with --port.`))
    })
    server.listen(port, '127.0.0.1', () => server.close(() => done()))
  })

const prepare = async ({ data, fresh, port }: Options): Promise<void> => {
  const running = await runningIn(data)
  if (running)
    throw new CannotStart(`The territory in ${data} runs already, at ${running.url} (process ${running.pid}).`)
  await checkPort(port)
  try {
    if (fresh) rmSync(data, { recursive: true, force: true })
    mkdirSync(data, { recursive: true })
    accessSync(data, constants.W_OK)
  } catch (error) {
    throw new CannotStart(`The folder ${data} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

const readAccounts = (data: string): DemoAccount[] | undefined => {
  const file = join(data, 'demo.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const welcome = (url: string, accounts: readonly DemoAccount[] | undefined, seconds: string): void => {
  say(`\nPréau is ready at ${url}   (${seconds} s)\n`)
  if (!accounts) {
    say('The territory has no demo county. Load a directory: npm run directory -- import <folder|zip>')
    return
  }
  say('Sign in as                                    with this login')
  for (const { name, role, school, login } of accounts)
    say(`  ${`${name}, ${role}`.padEnd(44)}${login.padEnd(24)}${school}`)
  say(`and the password                              ${accounts[0]?.password}`)
}

const run = async (options: Options, keepRegion: (region: Region) => void): Promise<void> => {
  const began = performance.now()
  const { data, port } = options
  await prepare(options)
  const empty = lastingIn(data)?.empty ?? options.empty
  const assembly = await synthesized(data, () => say('Building the territory: its web app and its functions…'))

  let accounts = empty ? undefined : readAccounts(data)
  const toLoad = !empty && !accounts
  const loading = (client: DynamoDBClient, table: string) => ({ client, table, data, now: () => new Date(), log: say })
  const region = await startRegion({
    ...{ assembly, folder: data, port, database: process.env.PREAU_DYNAMODB },
    ...(toLoad && {
      fill: async (client: DynamoDBClient, table: string) => {
        say('Loading the demo county, once…')
        accounts = await loadDemoDirectory(loading(client, table))
      },
    }),
  })
  keepRegion(region)
  const { url, endpoint, table, client } = region
  keepLasting(data, { table, region: region.region, empty })
  if (toLoad) {
    // An earlier start may have been ended between the directory and the news: it is all loaded again, to the same end.
    accounts ??= await loadDemoDirectory(loading(client, table))
    await loadDemoNews(loading(client, table), accounts)
  }
  const unannounce = announce(data, { url, endpoint, table, region: region.region, pid: process.pid })
  process.once('exit', unannounce)
  welcome(url, accounts, ((performance.now() - began) / 1000).toFixed(1))
}

let started: Region | undefined
let ending = false
const end = async (): Promise<void> => {
  // Asked twice: at once. What runs for us sees us go and ends too.
  if (ending || !started) process.exit(started ? 1 : 130)
  ending = true
  await started.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)

try {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') say(usage)
  else
    await run(options, region => {
      started = region
    })
} catch (error) {
  if (ending) throw error
  process.stderr.write(error instanceof CannotStart ? `${error.message}\n` : `${(error as Error).stack}\n`)
  await started?.close()
  process.exit(1)
}
