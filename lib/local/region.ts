import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { type Counts, openAccount } from './account.ts'
import { readAssembly } from './assembly.ts'
import { openDatabase } from './database.ts'
import { deploy, refuseUnknown } from './deploy.ts'
import { type Edge, startEdge } from './edge/edge.ts'
import { openKeyValueStores } from './key-values.ts'
import { openLogs } from './logs.ts'
import { portRefused } from './loopback.ts'
import { type Metric, openMetrics } from './metrics.ts'
import { found, type Services } from './services.ts'
import { openStorage } from './storage.ts'
import type { MappingCounts } from './stream.ts'

export type RegionOptions = {
  /** A synthesized cloud assembly. */
  readonly assembly: string
  /** Where all is kept. */
  readonly folder: string
  /** Of the loopback; 0 takes a free one. */
  readonly port: number
  /** A service that speaks DynamoDB's protocol, instead of the embedded one. */
  readonly database?: string | undefined
  /** Fills a new table, before its stream is on. */
  readonly fill?: ((client: DynamoDBClient, table: string) => Promise<void>) | undefined
  /** Environments of the account; 1,000 unless said. */
  readonly concurrency?: number
}

/** A territory that runs on this machine. */
export type Region = {
  readonly url: string
  readonly table: string
  readonly region: string
  readonly endpoint: string
  readonly client: DynamoDBClient
  /** What functions did since the start, by name. */
  readonly functions: () => Readonly<Record<string, Readonly<Counts>>>
  readonly mappings: () => readonly Readonly<MappingCounts>[]
  readonly edge: Edge['counts']
  readonly metrics: () => readonly Readonly<Metric>[]
  /** Done when its database has ended, whoever ended it: without one there is no territory. */
  readonly ended: Promise<void>
  /** Ends it: nothing of it runs on. */
  readonly close: () => Promise<void>
}

/** As in the AWS documentation's examples: nobody's account. */
const accountId = '123456789012'

const Origins = z.object({
  DistributionConfig: z.object({ Origins: z.array(z.object({ Id: z.string(), DomainName: z.string() })) }),
})

/** The edge in front of the assembly's one distribution. */
const openEdge = (services: Services, port: number): Promise<Edge> => {
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
    originOf: id => found(services.origins, domains.find(origin => origin.Id === id)?.DomainName, 'origin'),
    keyValues: services.keyValues.get,
    onRequest: ({ cause, ...seen }) => {
      if (cause) services.logs.write('edge', JSON.stringify({ level: 'ERROR', ...seen, path: undefined, cause }))
    },
  })
}

/** Runs `steps` in order, all of them, and throws the first failure at the end. */
const each = async (steps: readonly (() => Promise<void> | void)[]): Promise<void> => {
  const failures: unknown[] = []
  for (const step of steps)
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}

/** Starts the territory of an assembly. Throws CannotStart for what its operator can mend. */
export const startRegion = async (options: RegionOptions): Promise<Region> => {
  const { folder, port, fill, concurrency } = options
  const assembly = readAssembly(options.assembly)
  refuseUnknown(assembly)
  const region = assembly.stacks[0]?.region ?? ''
  mkdirSync(folder, { recursive: true })
  const metrics = openMetrics()
  const logs = openLogs(join(folder, 'logs'))
  const closings: (() => Promise<void> | void)[] = [logs.close]
  const endings: (() => Promise<void> | void)[] = []
  const close = () => each([...endings.toReversed(), ...closings.toReversed()])
  try {
    const database = await openDatabase({ folder: join(folder, 'dynamodb'), region, endpoint: options.database })
    closings.push(database.close)
    const storage = await openStorage(join(folder, 's3'), region)
    closings.push(storage.close)
    const keyValues = await openKeyValueStores(join(folder, 'key-values.json'))
    closings.push(keyValues.close)
    const account = openAccount({
      ...(concurrency !== undefined && { concurrency }),
      log: (name, line) => {
        metrics.read(line)
        logs.write(name, line)
      },
    })
    closings.push(account.close)
    const services: Services = {
      ...{ folder, region, accountId, database, storage, keyValues, account, logs, endings },
      assetOf: assembly.assetOf,
      fill: fill && (table => fill(database.client, table)),
      ...{ tables: [], mappings: [], afterwards: [] },
      ...{ streams: new Map(), functions: new Map(), queues: new Map(), apis: new Map() },
      ...{ integrations: new Map(), origins: new Map(), edge: new Map() },
    }
    const imports = new Map<string, unknown>()
    for (const stack of assembly.stacks) await deploy(stack, services, imports)
    const edge = await openEdge(services, port).catch(error => {
      throw portRefused(port, error)
    })
    endings.push(edge.close)
    for (const step of services.afterwards) step()
    const [table = ''] = services.tables
    return {
      ...{ url: edge.url, table, region, endpoint: database.endpoint, client: database.client },
      functions: () => Object.fromEntries([...services.functions.values()].map(fn => [fn.name, fn.counts])),
      mappings: () => services.mappings.map(mapping => mapping.counts),
      edge: edge.counts,
      metrics: metrics.all,
      ended: database.ended,
      close,
    }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}
