import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { type Account, type Counts, openAccount } from './account.ts'
import { readAssembly } from './assembly.ts'
import { openDatabase } from './database.ts'
import { deploy, refuseUnknownTypes } from './deploy.ts'
import { type Edge, startEdge } from './edge/edge.ts'
import type { ApiFault } from './http-api.ts'
import { type KeyValueStores, openKeyValueStores } from './key-values.ts'
import { openLogs } from './logs.ts'
import { portError } from './loopback.ts'
import { type Metric, openMetrics } from './metrics.ts'
import type { Now } from './now.ts'
import { getOrThrow, type Services } from './services.ts'
import { openMessages } from './sqs/messages.ts'
import { serveSqs } from './sqs/server.ts'
import { openStorage, type Storage } from './storage.ts'
import type { MappingCounts } from './stream.ts'

export type RegionOptions = {
  /** The folder of a synthesized cloud assembly. */
  readonly assembly: string
  /** The folder of the territory's data. */
  readonly folder: string
  /** The port on the loopback interface; 0 takes a free one. */
  readonly port: number
  /** The URL of a service that speaks DynamoDB's protocol, used instead of the embedded one. */
  readonly database?: string | undefined
  /** Fills a new table, before its stream is enabled. */
  readonly fill?: ((client: DynamoDBClient, table: string) => Promise<void>) | undefined
  /** The account's concurrent executions; 1,000 by default. */
  readonly concurrency?: number
  /** The time of edge, buckets, key-value stores and API. Functions in processes of their own go by the machine's. */
  readonly now?: Now | undefined
  /** The edge's time, where it is another one. */
  readonly edgeNow?: Now | undefined
  /** What runs the functions; by default processes of this machine. */
  readonly account?: Account | undefined
  /** False: streams and schedules start no function. */
  readonly background?: boolean | undefined
}

/** A running territory. */
export type Region = {
  readonly url: string
  readonly table: string
  readonly region: string
  readonly endpoint: string
  readonly client: DynamoDBClient
  /** Counts of each function since the start, by name. */
  readonly functions: () => Readonly<Record<string, Readonly<Counts>>>
  readonly mappings: () => readonly Readonly<MappingCounts>[]
  readonly edge: Edge['counts']
  /** Resolves once the edge fetches nothing from an origin. */
  readonly edgeIdle: Edge['idle']
  /** Makes the edge's key-value stores slow or fail. */
  readonly keyValues: KeyValueStores['behave']
  /** How often the viewer function has read a value of them. */
  readonly keyValueReads: KeyValueStores['reads']
  /** Makes the API hang or fail. */
  readonly disturbApi: (fault: ApiFault | undefined) => void
  /** Its S3, in which a test may look, and cause faults. */
  readonly storage: Pick<Storage, 'client' | 'disturb'>
  /** The outputs of its stacks. */
  readonly outputs: Readonly<Record<string, string>>
  readonly metrics: () => readonly Readonly<Metric>[]
  /** Resolves when its database has exited, for any reason: the territory cannot serve without it. */
  readonly ended: Promise<void>
  /** Ends it, with all its processes. */
  readonly close: () => Promise<void>
}

/** The account id of the AWS documentation's examples. */
const accountId = '123456789012'

const Origins = z.object({
  DistributionConfig: z.object({ Origins: z.array(z.object({ Id: z.string(), DomainName: z.string() })) }),
})

/** The edge in front of the assembly's one distribution. */
const openEdge = (services: Services, port: number, now: Now): Promise<Edge> => {
  const ofType = (type: string) => services.edge.get(`AWS::CloudFront::${type}`) ?? {}
  const [distribution, ...more] = Object.values(ofType('Distribution'))
  if (!distribution || more.length > 0) throw new Error('The assembly needs exactly one CloudFront distribution')
  const domains = z.parse(Origins, distribution).DistributionConfig.Origins
  return startEdge({
    port,
    distribution,
    cachePolicies: ofType('CachePolicy'),
    originRequestPolicies: ofType('OriginRequestPolicy'),
    responseHeadersPolicies: ofType('ResponseHeadersPolicy'),
    functions: ofType('Function'),
    originOf: id => getOrThrow(services.origins, domains.find(origin => origin.Id === id)?.DomainName, 'origin'),
    keyValues: services.keyValues.get,
    now,
    // The path is left out of the log: it holds ids of people.
    onRequest: ({ cause, path: _, ...fields }) => {
      if (cause) services.logs.write('edge', JSON.stringify({ level: 'ERROR', ...fields, cause }))
    },
  })
}

/** Runs all `steps` in order, also after a failure; throws the first failure at the end. */
const runAll = async (steps: readonly (() => Promise<void> | void)[]): Promise<void> => {
  const failures: unknown[] = []
  for (const step of steps)
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}

/** Starts the territory of an assembly. Throws CannotStart for what its operator can correct. */
export const startRegion = async (options: RegionOptions): Promise<Region> => {
  const { folder, port, fill, concurrency, now = Date.now } = options
  const assembly = readAssembly(options.assembly)
  refuseUnknownTypes(assembly)
  const region = assembly.stacks[0]?.region ?? ''
  mkdirSync(folder, { recursive: true })
  const metrics = openMetrics()
  const logs = openLogs(join(folder, 'logs'))
  const closings: (() => Promise<void> | void)[] = [logs.close]
  const endings: (() => Promise<void> | void)[] = []
  const close = () => runAll([...endings.toReversed(), ...closings.toReversed()])
  try {
    const database = await openDatabase({ folder: join(folder, 'dynamodb'), region, endpoint: options.database })
    closings.push(database.close)
    const storage = await openStorage({ folder: join(folder, 's3'), region, now })
    closings.push(storage.close)
    const keyValues = await openKeyValueStores(join(folder, 'key-values.json'), { now })
    closings.push(keyValues.close)
    const messages = openMessages(join(folder, 'sqs'), Date.now)
    closings.push(messages.close)
    const workedQueues: Services['workedQueues'] = new Map()
    const sqs = await serveSqs(messages, url => {
      const name = url.split('/').at(-1)
      return [...workedQueues.values()].find(queue => queue.name === name)?.name
    })
    closings.push(sqs.close)
    const log = (name: string, line: string) => {
      metrics.read(line)
      logs.write(name, line)
    }
    const account = options.account ?? openAccount({ ...(concurrency !== undefined && { concurrency }), log })
    closings.push(account.close)
    const services: Services = {
      folder,
      region,
      accountId,
      database,
      storage,
      keyValues,
      messages,
      sqs: sqs.endpoint,
      account,
      logs,
      now,
      assetOf: assembly.assetOf,
      fill: fill && (table => fill(database.client, table)),
      tables: [],
      streams: new Map(),
      functions: new Map(),
      queues: new Map(),
      workedQueues,
      apis: new Map(),
      integrations: new Map(),
      roles: new Map(),
      origins: new Map(),
      addresses: new Map(),
      edge: new Map(),
      mappings: [],
      afterwards: [],
      endings,
    }
    const imports = new Map<string, unknown>()
    const outputs: Record<string, string> = {}
    for (const stack of assembly.stacks) Object.assign(outputs, await deploy(stack, services, imports))
    const edge = await openEdge(services, port, options.edgeNow ?? now).catch(error => {
      throw portError(port, error)
    })
    endings.push(edge.close)
    storage.servePagesAt(edge.url)
    if (options.background !== false) for (const step of services.afterwards) step()
    const [table = ''] = services.tables
    return {
      url: edge.url,
      table,
      region,
      endpoint: database.endpoint,
      client: database.client,
      functions: () => Object.fromEntries([...services.functions.values()].map(fn => [fn.name, fn.counts])),
      mappings: () => services.mappings.map(mapping => mapping.counts),
      edge: edge.counts,
      edgeIdle: edge.idle,
      keyValues: keyValues.behave,
      keyValueReads: keyValues.reads,
      disturbApi: fault => {
        for (const api of services.apis.values()) api.disturb(fault)
      },
      storage,
      outputs,
      metrics: metrics.all,
      ended: database.ended,
      close,
    }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}
