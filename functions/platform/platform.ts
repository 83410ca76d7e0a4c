import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { type Access, requestAccess } from './access.ts'
import type { Due } from './due.ts'
import { answering, openDynamoDb, type Waiting } from './dynamodb.ts'
import { type Log, openLog } from './log.ts'
import { openTable } from './open-table.ts'
import { type KeysItem, platformPatterns } from './patterns.ts'
import type { Table } from './table.ts'
import { type DocumentsBucket, openUploads, type SignUpload } from './upload.ts'

const Environment = z.object({
  /** The territory's one table. */
  TABLE_NAME: z.string().check(z.minLength(3)),
  /** The territory's name, for logs and metrics. */
  TERRITORY: z.string().check(z.minLength(1)),
  /** The function's name, for logs. */
  SERVICE: z._default(z.string(), 'preau'),
  /** An IANA name, where the territory's days are not those of Paris. */
  TIME_ZONE: z.optional(z.string()),
  /** Set where heads, administrators and operators need a second factor. */
  SECOND_FACTOR: z.optional(z.literal('required')),
})

/** The further variables of a function with upload routes (lib/platform/uploads.ts). */
const DocumentsEnvironment = z.object({
  DOCUMENTS_ORIGIN: z.url(),
  /** Set by Lambda. The bucket is in the Region of its function. */
  AWS_REGION: z.string().check(z.minLength(1)),
})

/** A function's configuration from its environment variables, which nothing else reads. */
export type Config = {
  readonly table: string
  readonly territory: string
  readonly service: string
  /** Absent: that of Paris. */
  readonly timeZone?: string | undefined
  /** Absent: a second factor is offered, and nobody needs one. */
  readonly secondFactor?: 'required' | undefined
  /** Absent for functions without upload routes. */
  readonly documents?: DocumentsBucket
}

/** Parses environment variables by a schema. Throws an error that names each one that is missing or invalid. */
export const readEnvironment = <Schema extends z.core.$ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> => {
  const read = z.safeParse(schema, environment)
  if (read.success) return read.data
  const names = read.error.issues.map(issue => issue.path.join('.')).join(', ')
  throw new Error(`The function's environment lacks: ${names}`)
}

const readDocuments = (environment: Readonly<Record<string, string | undefined>>): DocumentsBucket | undefined => {
  if (environment.DOCUMENTS_ORIGIN === undefined) return undefined
  const { DOCUMENTS_ORIGIN, AWS_REGION } = readEnvironment(DocumentsEnvironment, environment)
  return { origin: DOCUMENTS_ORIGIN, region: AWS_REGION }
}

/** The function's configuration, read once at init. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env): Config => {
  const { TABLE_NAME, TERRITORY, SERVICE, TIME_ZONE, SECOND_FACTOR } = readEnvironment(Environment, environment)
  const documents = readDocuments(environment)
  const named = { table: TABLE_NAME, territory: TERRITORY, service: SERVICE }
  return { ...named, timeZone: TIME_ZONE, secondFactor: SECOND_FACTOR, documents }
}

/** The dependencies of work outside requests, as one typed argument, so that tests can replace each of them. */
export type Background<Uses extends Access = Access> = {
  readonly config: Config
  readonly now: () => Date
  readonly table: Table<Uses>
  readonly log: Log
  /**
   * Has the clock do a due item when it is due, and not as late as the next minute begins. Only of the stream's function;
   * elsewhere, and where it fails, the next minute does it.
   */
  readonly wakeClock?: (due: Due) => Promise<void>
  /** Has a file that was taken away from people be gone for them. Only of the stream's function. */
  readonly takeAway?: (file: string) => Promise<void>
}

/** The territory's keys, cached for five minutes. */
export type Keys = {
  /** The keys as last read. */
  readonly current: () => Promise<KeysItem>
  /** The keys read again, at most every ten seconds: for a token whose key is not in the cached ones. */
  readonly refreshed: () => Promise<KeysItem>
}

/** The dependencies of request handlers. `requests`: the same table, with the access of the pipeline itself. */
export type Platform<Uses extends Access = Access> = Background<Uses> & {
  readonly requests: Table<typeof requestAccess>
  readonly keys: Keys
  /** Absent for functions without upload routes. */
  readonly signUpload?: SignUpload
}

/** Milliseconds for which keys are cached. */
const keysLifetime = 5 * 60_000
/** Milliseconds before keys are read again for a token whose key is not known. */
const keysRefreshInterval = 10_000

/** Reads the keys that the `keys` function generated at deploy. Throws if there are none: the deploy did not finish. */
export const openKeys = (table: Table<typeof requestAccess>, now: () => Date): Keys => {
  let cached: { readonly keys: KeysItem; readonly readAt: number } | undefined
  const read = async () => {
    const keys = await table.get(platformPatterns.keys, {})
    if (!keys) throw new Error('the territory has no keys yet')
    cached = { keys, readAt: now().getTime() }
    return keys
  }
  const youngerThan = (age: number) => (cached && now().getTime() - cached.readAt < age ? cached.keys : undefined)
  return {
    current: async () => youngerThan(keysLifetime) ?? read(),
    refreshed: async () => youngerThan(keysRefreshInterval) ?? read(),
  }
}

const clock = () => new Date()

/** Opens the dependencies of work outside requests, once per execution environment. */
export const openBackground = <Uses extends Access>(
  config: Config,
  access: Uses,
  client?: DynamoDBClient,
  now: () => Date = clock,
  waiting?: Waiting,
): Background<Uses> => ({
  config,
  now,
  table: openTable(config.table, access, now, client, waiting),
  log: openLog(config),
})

/** Opens the dependencies of request handlers, once per execution environment. */
export const openPlatform = <Uses extends Access>(
  config: Config,
  access: Uses,
  client: DynamoDBClient = openDynamoDb(answering),
  now: () => Date = clock,
): Platform<Uses> => {
  const requests = openTable(config.table, requestAccess, now, client, answering)
  return {
    ...openBackground(config, access, client, now, answering),
    requests,
    keys: openKeys(requests, now),
    // The client's credentials are those that every SDK client would find: none of S3's own is needed.
    signUpload: config.documents && openUploads(config.documents, client.config, now),
  }
}
