import { join } from 'node:path'
import * as z from 'zod/mini'
import { CannotStart } from './cannot-start.ts'
import { type Established, establish, knownBy } from './custom-resource.ts'
import { keep, readKept } from './kept.ts'
import { credentials } from './loopback.ts'
import { runSchedule } from './schedule.ts'
import { found, type Services, type Starter } from './services.ts'
import { startMapping } from './stream.ts'

const ignored = z.optional(z.unknown())

const FunctionProperties = z.strictObject({
  FunctionName: z.optional(z.string()),
  Handler: z.string(),
  Runtime: z.literal(['nodejs24.x']),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.optional(z.object({ Variables: z.record(z.string(), z.string()) })),
  MemorySize: z._default(z.number(), 128),
  Timeout: z._default(z.number(), 3),
  ReservedConcurrentExecutions: z.optional(z.number()),
  Architectures: ignored,
  Description: ignored,
  LoggingConfig: ignored,
  Role: ignored,
  Tags: ignored,
  TracingConfig: ignored,
})

/** How functions reach the services of this machine: by the SDK's own settings, and by nothing else. */
const endpoints = ({ database, storage, keyValues, region }: Services): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
  AWS_ENDPOINT_URL_S3: storage.endpoint,
  AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: keyValues.endpoint,
})

const lambda: Starter = ({ name, properties }, services) => {
  const declared = z.parse(FunctionProperties, properties)
  const ref = declared.FunctionName ?? name
  const fn = services.account.declare({
    name: ref,
    code: services.assetOf(declared.Code.S3Key),
    handler: declared.Handler,
    variables: { ...endpoints(services), ...declared.Environment?.Variables },
    memory: declared.MemorySize,
    timeout: declared.Timeout * 1_000,
    reserved: declared.ReservedConcurrentExecutions,
  })
  const Arn = `arn:aws:lambda:${services.region}:${services.accountId}:function:${ref}`
  services.functions.set(ref, fn).set(Arn, fn)
  return { ref, attributes: { Arn } }
}

const MappingProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z._default(z.number(), 100),
  MaximumBatchingWindowInSeconds: z._default(z.number(), 0),
  MaximumRetryAttempts: z._default(z.number(), -1),
  MaximumRecordAgeInSeconds: z._default(z.number(), -1),
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  DestinationConfig: z.optional(z.object({ OnFailure: z.object({ Destination: z.string() }) })),
  Enabled: z.optional(z.literal(true)),
  ParallelizationFactor: z.optional(z.literal(1)),
  Tags: ignored,
})

/** Records that may stay in the stream after all its mappings are past them. */
const untrimmed = 500

/** Forgets, now and then, what all mappings of the table's stream are past. */
const trimming = ({ database, mappings }: Services, stream: string, table: string) => {
  let trimmed = 0
  return (): void => {
    const readers = mappings.filter(one => one.stream === stream)
    const passed = Math.min(...readers.map(one => Number(one.checkpoint() ?? 0)))
    if (passed - trimmed < untrimmed) return
    database.trim(table, String(passed))
    trimmed = passed
  }
}

const mapping: Starter = ({ id, name, properties }, services) => {
  const declared = z.parse(MappingProperties, properties)
  const fn = found(services.functions, declared.FunctionName, 'function')
  const table = found(services.streams, declared.EventSourceArn, 'stream')
  const destination = declared.DestinationConfig?.OnFailure.Destination
  services.afterwards.push(() => {
    const started = startMapping({
      settings: {
        batchSize: declared.BatchSize,
        window: declared.MaximumBatchingWindowInSeconds,
        from: declared.StartingPosition,
        retries: declared.MaximumRetryAttempts,
        maxAge: declared.MaximumRecordAgeInSeconds,
        bisect: declared.BisectBatchOnFunctionError,
        reportsItems: declared.FunctionResponseTypes.length > 0,
      },
      stream: declared.EventSourceArn,
      region: services.region,
      client: services.database.streams,
      fn,
      setAside: destination === undefined ? undefined : found(services.queues, destination, 'queue'),
      file: join(services.folder, 'streams', `${name}.json`),
      onDone: trimming(services, declared.EventSourceArn, table),
      log: fields => services.logs.write('streams', JSON.stringify({ mapping: id, ...fields })),
    })
    services.mappings.push(started)
    services.endings.push(started.stop)
  })
  return { ref: name, attributes: { Id: name } }
}

const RuleProperties = z.strictObject({
  ScheduleExpression: z.string(),
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  Targets: z.array(z.strictObject({ Id: z.string(), Arn: z.string(), Input: z.optional(z.string()) })),
  Name: z.optional(z.string()),
  Description: ignored,
  Tags: ignored,
})

const rule: Starter = ({ name, properties }, services) => {
  const { ScheduleExpression, State, Targets, Name } = z.parse(RuleProperties, properties)
  const ref = Name ?? name
  const Arn = `arn:aws:events:${services.region}:${services.accountId}:rule/${ref}`
  const event = (time: Date) => ({
    ...{ version: '0', id: ref, 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} },
    ...{ account: services.accountId, time: time.toISOString(), region: services.region, resources: [Arn] },
  })
  for (const { Arn: target, Input } of State === 'ENABLED' ? Targets : []) {
    const fn = found(services.functions, target, 'function')
    services.afterwards.push(() => {
      const { stop } = runSchedule(ScheduleExpression, at => fn.invoke(Input ? JSON.parse(Input) : event(at)))
      services.endings.push(stop)
    })
  }
  return { ref, attributes: { Arn } }
}

/** A resource that a function of the assembly makes, as CloudFormation asks it to. */
export const customResource: Starter = async ({ id, type, stackId, properties: given }, services) => {
  const { ServiceToken, ServiceTimeout: _, ...properties } = given
  const fn = found(services.functions, ServiceToken, 'function')
  const file = join(services.folder, 'custom-resources.json')
  const key = `${stackId} ${id}`
  const before = readKept<Record<string, Established>>(file, {})[key]
  try {
    const now = await establish({ fn, type, id, stackId, properties, before })
    if (now !== before) keep(file, { ...readKept<Record<string, Established>>(file, {}), [key]: now })
    return knownBy(now)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CannotStart(`The territory could not be set up: ${why}. See ${join(services.folder, 'logs')}.`)
  }
}

/** What computes. */
export const computeStarters: Readonly<Record<string, Starter>> = {
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::EventSourceMapping': mapping,
  'AWS::Events::Rule': rule,
  'AWS::CloudFormation::CustomResource': customResource,
}
