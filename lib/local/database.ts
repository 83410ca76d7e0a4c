import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { CannotStart } from './cannot-start.ts'
import { startChildProcess, waitForExit } from './child-process.ts'
import { credentials, freePort } from './loopback.ts'

/** An embedded DynamoDB, or an external service with its protocol. */
export type Database = {
  readonly endpoint: string
  readonly client: DynamoDBClient
  readonly streams: DynamoDBStreamsClient
  /** The process of the embedded database; undefined for an external service. */
  readonly pid: number | undefined
  /** Resolves when the embedded database's process has exited, for any reason; never for an external service. */
  readonly ended: Promise<void>
  /** Deletes the table's stream records before this sequence number. */
  readonly trim: (table: string, before: string) => void
  readonly close: () => Promise<void>
}

export type DatabaseOptions = {
  /** The folder of its file. */
  readonly folder: string
  readonly region: string
  /** An external service that speaks DynamoDB's protocol, used instead of the embedded database. */
  readonly endpoint?: string | undefined
}

/** The path of the embedded database's program: the npm package's, or one on the PATH. Throws CannotStart. */
export const databaseProgram = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide')
  } catch {
    const onPath = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'dynoxide'))
    const installed = onPath.find(existsSync)
    if (installed) return installed
    throw new CannotStart(
      `There is no embedded database for ${process.platform}-${process.arch}: put dynoxide on the PATH, or name a service that speaks DynamoDB's protocol in PREAU_DYNAMODB (DynamoDB Local: http://127.0.0.1:8000).`,
    )
  }
}

const say = (): void => {}
/**
 * A request to a database on this machine is waited for as long as it takes: on a busy one longer than on AWS, which the SDK
 * would warn of on the terminal, once a request.
 */
const requestHandler = { logger: { trace: say, debug: say, info: say, warn: say, error: say } }

const clients = (endpoint: string, region: string) => ({
  client: new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 4, requestHandler }),
  streams: new DynamoDBStreamsClient({ endpoint, region, credentials, maxAttempts: 4, requestHandler }),
})

const attemptsToConnect = 200
const connectPauseMs = 25

/** Whether the service answers, within five seconds. Stops early if `hasExited`. */
const answers = async (client: DynamoDBClient, hasExited: () => boolean): Promise<boolean> => {
  for (let attempt = 1; attempt <= attemptsToConnect && !hasExited(); attempt++) {
    try {
      await client.send(new ListTablesCommand({ Limit: 1 }))
      return true
    } catch {
      await new Promise(resolve => setTimeout(resolve, connectPauseMs))
    }
  }
  return false
}

const start = (folder: string, port: number): { child: ChildProcess; file: string; lastError: () => string } => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'table.sqlite')
  // Measured: one worker thread is 1.4 times as fast as one for each processor, since writes are serial anyway.
  const environment = { ...process.env, TOKIO_WORKER_THREADS: '1' }
  const child = startChildProcess(
    databaseProgram(),
    ['--host', '127.0.0.1', '--port', String(port), '--db-path', file],
    environment,
  )
  let errors = ''
  child.stderr?.on('data', (text: Buffer) => {
    errors = (errors + text.toString()).slice(-2_000)
  })
  return { child, file, lastError: () => errors.trim().split('\n').at(-1) ?? '' }
}

/**
 * The embedded database keeps every stream record, and reads all of them at each write to number the next one: a write
 * costs 0.9 ms of CPU at first and 2.2 ms after 4,500 records. It offers no call to avoid that, so we also open its
 * SQLite file: an index keeps a write at 0.8 ms, and processed records are deleted, except the last one, from which the
 * next is numbered. A later release may store its records differently: then nothing is changed.
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
  const isSchemaKnown = attempt(() => opened.exec(index))
  return {
    trim: (table: string, before: string): void => {
      const deletion = 'DELETE FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ?'
      if (isSchemaKnown) attempt(() => opened.prepare(deletion).run(table, BigInt(before)))
    },
    close: () => opened.close(),
  }
}

/** Opens the database in `folder`. It loses no acknowledged write if this process or its own is killed. Throws CannotStart. */
export const openDatabase = async ({ folder, region, endpoint }: DatabaseOptions): Promise<Database> => {
  if (endpoint) {
    const { client, streams } = clients(endpoint, region)
    if (!(await answers(client, () => false)))
      throw new CannotStart(`No DynamoDB answers at ${endpoint}, which PREAU_DYNAMODB names.`)
    const ended = new Promise<never>(() => {})
    return { endpoint, client, streams, pid: undefined, ended, trim: () => {}, close: async () => client.destroy() }
  }
  const port = await freePort()
  const { child, file, lastError } = start(folder, port)
  let hasExited = false
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => {
      hasExited = true
      resolve()
    })
  })
  const local = `http://127.0.0.1:${port}`
  const { client, streams } = clients(local, region)
  if (!(await answers(client, () => hasExited))) {
    child.kill('SIGKILL')
    throw new CannotStart(`The embedded database did not start on ${file}: ${lastError() || 'no error was printed'}.`)
  }
  const { trim, close } = streamRecords(file)
  return {
    endpoint: local,
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
      await waitForExit(child)
    },
  }
}
