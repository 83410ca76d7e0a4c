import type { Account, LocalFunction } from './account.ts'
import type { Database } from './database.ts'
import type { Origin } from './http.ts'
import type { Integration, openHttpApi } from './http-api.ts'
import type { KeyValueStores } from './key-values.ts'
import type { openLogs } from './logs.ts'
import type { Now } from './now.ts'
import type { Queue } from './queue.ts'
import type { ReturnValues } from './resolve.ts'
import type { RoleStatement } from './role-policy.ts'
import type { WorkedQueue } from './sqs/mapping.ts'
import type { Messages } from './sqs/messages.ts'
import type { Storage } from './storage.ts'
import type { Mapping } from './stream.ts'

/** An HTTP API, and what writes its stage's access log. */
export type Api = ReturnType<typeof openHttpApi> & {
  access?: (context: Readonly<Record<string, string | number>>) => void
}

/** The services of this machine, and the assembly's resources started in them. */
export type Services = {
  readonly folder: string
  readonly region: string
  readonly accountId: string
  readonly database: Database
  readonly storage: Storage
  readonly keyValues: KeyValueStores
  readonly messages: Messages
  /** The endpoint of the SQS for SDKs. */
  readonly sqs: string
  readonly account: Account
  readonly logs: ReturnType<typeof openLogs>
  readonly now: Now
  readonly assetOf: (objectKey: string) => string
  /** Fills a new table before its stream is enabled. */
  readonly fill: ((table: string) => Promise<void>) | undefined

  readonly tables: string[]
  /** Table names by stream ARN. */
  readonly streams: Map<string, string>
  /** By ARN and by name. */
  readonly functions: Map<string, LocalFunction>
  readonly queues: Map<string, Queue>
  /** By ARN: the queues that functions are invoked from. */
  readonly workedQueues: Map<string, WorkedQueue>
  readonly apis: Map<string, Api>
  readonly integrations: Map<string, Integration>
  /** By a role's ARN: the statements of its policies that concern S3. */
  readonly roles: Map<string, readonly RoleStatement[]>
  /** By domain name: a bucket or an API. */
  readonly origins: Map<string, Origin>
  /** Addresses at AWS, each with the one that stands for it on this machine: `https://…` and `http://127.0.0.1:…`. */
  readonly addresses: Map<string, string>
  /** The resolved properties of CloudFront's resources, by resource type, then by Ref. */
  readonly edge: Map<string, Record<string, unknown>>
  readonly mappings: Mapping[]
  /** Run when all resources have started. */
  readonly afterwards: (() => void)[]
  /** Run when the territory ends, before the services do. */
  readonly endings: (() => Promise<void> | void)[]
}

/** A resource of a template with its properties resolved. */
export type Declared = {
  readonly id: string
  readonly type: string
  /** The generated name, for a resource without a name in the template. */
  readonly name: string
  readonly stackId: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Creates a resource from its declaration, or opens it as an earlier start left it. */
export type Starter = (declared: Declared, services: Services) => Promise<ReturnValues> | ReturnValues

/** The value under `key`. Throws an error that names `what` and the key if there is none. */
export const getOrThrow = <Value>(map: ReadonlyMap<string, Value>, key: unknown, what: string): Value => {
  const value = map.get(String(key))
  if (value === undefined) throw new Error(`There is no ${what} ${key} on this machine`)
  return value
}
