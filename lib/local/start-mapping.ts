import { join } from 'node:path'
import * as z from 'zod/mini'
import { eventFilter, FilterCriteria } from './event-filter.ts'
import { getOrThrow, type Services, type Starter } from './services.ts'
import { startQueueMapping } from './sqs/mapping.ts'
import { startMapping } from './stream.ts'

const ignored = z.optional(z.unknown())

const MappingProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z._default(z.number(), 100),
  MaximumBatchingWindowInSeconds: z._default(z.number(), 0),
  MaximumRetryAttempts: z._default(z.number(), -1),
  MaximumRecordAgeInSeconds: z._default(z.number(), -1),
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  FilterCriteria: z.optional(FilterCriteria),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  DestinationConfig: z.optional(z.object({ OnFailure: z.object({ Destination: z.string() }) })),
  Enabled: z.optional(z.literal(true)),
  ParallelizationFactor: z.optional(z.literal(1)),
  Tags: ignored,
})

/** Records that are processed by all mappings of a stream before they are deleted together. */
const trimBatch = 500

/** Milliseconds for which DynamoDB keeps the records of a stream. */
const keptMs = 24 * 3_600_000

/** What an event source mapping tells of records that it gave up on. */
const SetAside = z.object({ DDBStreamBatchInfo: z.object({ startSequenceNumber: z.string() }) })

/**
 * Deletes the stream records that all mappings of the table's stream have processed, `trimBatch` or more at a time. What was
 * set aside within a day can be read for as long as on AWS, with all that came after it.
 */
const streamTrimmer = ({ database, mappings, messages, queues }: Services, stream: string, table: string) => {
  let trimmed = 0
  const setAside = (): number[] =>
    [...queues.values()]
      .flatMap(({ name }) => messages.since(name, Date.now() - keptMs))
      .flatMap(body => {
        const read = z.safeParse(SetAside, JSON.parse(body))
        return read.success ? [Number(read.data.DDBStreamBatchInfo.startSequenceNumber) - 1] : []
      })
  return (): void => {
    const readers = mappings.filter(one => one.stream === stream)
    const processed = Math.min(...readers.map(one => Number(one.checkpoint() ?? 0)), ...setAside())
    if (processed - trimmed < trimBatch) return
    database.trim(table, String(processed))
    trimmed = processed
  }
}

const QueueMappingProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z._default(z.number(), 10),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }),
  Tags: ignored,
})

const queueMapping: Starter = ({ name, properties }, services) => {
  const declared = z.parse(QueueMappingProperties, properties)
  const fn = getOrThrow(services.functions, declared.FunctionName, 'function')
  const queue = getOrThrow(services.workedQueues, declared.EventSourceArn, 'queue that a function is invoked from')
  services.afterwards.push(() => {
    const { stop } = startQueueMapping({
      queue,
      messages: services.messages,
      fn,
      region: services.region,
      batchSize: declared.BatchSize,
      concurrency: declared.ScalingConfig.MaximumConcurrency,
      reportsItems: declared.FunctionResponseTypes.length > 0,
    })
    services.endings.push(stop)
  })
  return { ref: name, attributes: { Id: name } }
}

/** An event source mapping: of a table's stream, or of a queue. */
export const mapping: Starter = (given, services) => {
  const { id, name, properties } = given
  if (String(properties.EventSourceArn).startsWith('arn:aws:sqs:')) return queueMapping(given, services)
  const declared = z.parse(MappingProperties, properties)
  const fn = getOrThrow(services.functions, declared.FunctionName, 'function')
  const table = getOrThrow(services.streams, declared.EventSourceArn, 'stream')
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
        passes: eventFilter(declared.FilterCriteria),
      },
      stream: declared.EventSourceArn,
      region: services.region,
      client: services.database.streams,
      fn,
      deadLetters: destination === undefined ? undefined : getOrThrow(services.queues, destination, 'queue'),
      file: join(services.folder, 'streams', `${name}.json`),
      onDone: streamTrimmer(services, declared.EventSourceArn, table),
      log: fields => services.logs.write('streams', JSON.stringify({ mapping: id, ...fields })),
    })
    services.mappings.push(started)
    services.endings.push(started.stop)
  })
  return { ref: name, attributes: { Id: name } }
}
