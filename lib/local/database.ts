import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { CannotStart } from './cannot-start.ts'
import { bound, ended } from './child.ts'
import { credentials, freePort } from './loopback.ts'

/** An embedded DynamoDB, or one that somebody else runs. */
export type Database = {
  readonly endpoint: string
  readonly client: DynamoDBClient
  readonly streams: DynamoDBStreamsClient
  /** Its process, if it is ours. */
  readonly pid: number | undefined
  /** Done when its process has ended, whoever ended it; never, if it is not ours. */
  readonly ended: Promise<void>
  /** Forgets the table's stream records before this sequence number. */
  readonly trim: (table: string, before: string) => void
  readonly close: () => Promise<void>
}

export type DatabaseOptions = {
  /** Where its file lies. */
  readonly folder: string
  readonly region: string
  /** A service that speaks DynamoDB's protocol, to be used instead. */
  readonly endpoint?: string | undefined
}

/** Where the embedded database's program is. Throws CannotStart if it is nowhere. */
export const databaseProgram = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide')
  } catch {
    const onPath = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'dynoxide'))
    const found = onPath.find(existsSync)
    if (found) return found
    throw new CannotStart(
      `There is no embedded database for ${process.platform}-${process.arch}: put dynoxide on the PATH, or name a service that speaks DynamoDB's protocol in PREAU_DYNAMODB (DynamoDB Local: http://127.0.0.1:8000).`,
    )
  }
}

const clients = (endpoint: string, region: string) => ({
  client: new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 4 }),
  streams: new DynamoDBStreamsClient({ endpoint, region, credentials, maxAttempts: 4 }),
})

const answers = async (client: DynamoDBClient, isGone: () => boolean): Promise<boolean> => {
  for (let attempt = 1; attempt <= 200 && !isGone(); attempt++) {
    try {
      await client.send(new ListTablesCommand({ Limit: 1 }))
      return true
    } catch {
      await new Promise(resolve => setTimeout(resolve, 25))
    }
  }
  return false
}

const start = (folder: string, port: number): { child: ChildProcess; file: string; said: () => string } => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'table.sqlite')
  // One worker thread is 1.4 times as fast as one for each processor: it writes one at a time anyhow.
  const environment = { ...process.env, TOKIO_WORKER_THREADS: '1' }
  const child = bound(
    databaseProgram(),
    ['--host', '127.0.0.1', '--port', String(port), '--db-path', file],
    environment,
  )
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-2_000)
  })
  return { child, file, said: () => said.trim().split('\n').at(-1) ?? '' }
}

/**
 * The embedded database keeps every stream record and reads them all at each write to number the next one: a write
 * costs 0.9 ms of processor at first and 2.2 ms after 4,500 records. It has no call against that, so its file is opened
 * beside it: an index keeps a write at 0.8 ms, and what is done with is deleted, but for the last record, from which the
 * next is numbered. Another release may keep its records otherwise: then it is left as it is.
 */
const streamRecords = (file: string) => {
  const opened = new DatabaseSync(file, { timeout: 2_000 })
  const attempt = (work: () => void): boolean => {
    try {
      work()
      return true
    } catch {
      return false
    }
  }
  const index =
    'CREATE INDEX IF NOT EXISTS stream_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER))'
  const known = attempt(() => opened.exec(index))
  return {
    trim: (table: string, before: string): void => {
      const forget = 'DELETE FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ?'
      if (known) attempt(() => opened.prepare(forget).run(table, BigInt(before)))
    },
    close: () => opened.close(),
  }
}

/** Opens the database in `folder`; it loses nothing if we or it are killed. Throws CannotStart. */
export const openDatabase = async ({ folder, region, endpoint }: DatabaseOptions): Promise<Database> => {
  if (endpoint) {
    const { client, streams } = clients(endpoint, region)
    if (!(await answers(client, () => false)))
      throw new CannotStart(`No DynamoDB answers at ${endpoint}, which PREAU_DYNAMODB names.`)
    const ended = new Promise<never>(() => {})
    return { endpoint, client, streams, pid: undefined, ended, trim: () => {}, close: async () => client.destroy() }
  }
  const port = await freePort()
  const { child, file, said } = start(folder, port)
  let gone = false
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => {
      gone = true
      resolve()
    })
  })
  const own = `http://127.0.0.1:${port}`
  const { client, streams } = clients(own, region)
  if (!(await answers(client, () => gone))) {
    child.kill('SIGKILL')
    throw new CannotStart(`The embedded database did not start on ${file}: ${said() || 'it said nothing'}.`)
  }
  const { trim, close } = streamRecords(file)
  return {
    endpoint: own,
    client,
    streams,
    pid: child.pid,
    ended: exited,
    trim,
    close: async () => {
      close()
      client.destroy()
      streams.destroy()
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}
