import type { LocalFunction, openAccount } from './account.ts'
import type { Database } from './database.ts'
import type { Origin } from './http.ts'
import type { Integration, openHttpApi } from './http-api.ts'
import type { KeyValueStores } from './key-values.ts'
import type { openLogs } from './logs.ts'
import type { Queue } from './queue.ts'
import type { Known } from './resolve.ts'
import type { Storage } from './storage.ts'
import type { Mapping } from './stream.ts'

/** An HTTP API, and the line its stage writes for each request. */
export type Api = ReturnType<typeof openHttpApi> & {
  access?: (context: Readonly<Record<string, string | number>>) => void
}

/** What runs on this machine, and what the assembly's resources have become in it. */
export type Services = {
  readonly folder: string
  readonly region: string
  readonly accountId: string
  readonly database: Database
  readonly storage: Storage
  readonly keyValues: KeyValueStores
  readonly account: ReturnType<typeof openAccount>
  readonly logs: ReturnType<typeof openLogs>
  readonly assetOf: (objectKey: string) => string
  /** Fills a new table before its stream is on. */
  readonly fill: ((table: string) => Promise<void>) | undefined

  readonly tables: string[]
  /** By stream ARN: the table. */
  readonly streams: Map<string, string>
  /** By ARN, and by name. */
  readonly functions: Map<string, LocalFunction>
  readonly queues: Map<string, Queue>
  readonly apis: Map<string, Api>
  readonly integrations: Map<string, Integration>
  /** By domain name: a bucket or an API. */
  readonly origins: Map<string, Origin>
  /** CloudFront's resources, by type, then by what a reference to them gives: their resolved properties. */
  readonly edge: Map<string, Record<string, unknown>>
  readonly mappings: Mapping[]
  /** Run when all has started. */
  readonly afterwards: (() => void)[]
  /** Run when the territory ends, before the services do. */
  readonly endings: (() => Promise<void> | void)[]
}

/** A resource of a template, its properties resolved. */
export type Declared = {
  readonly id: string
  readonly type: string
  /** What it is called where its template gives it no name. */
  readonly name: string
  readonly stackId: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Makes a resource of its declaration, or finds it as an earlier start left it. */
export type Starter = (declared: Declared, services: Services) => Promise<Known> | Known

/** What was put under `key`. Throws, naming it, if nothing was. */
export const found = <Value>(map: ReadonlyMap<string, Value>, key: unknown, what: string): Value => {
  const value = map.get(String(key))
  if (value === undefined) throw new Error(`There is no ${what} ${key} on this machine`)
  return value
}
