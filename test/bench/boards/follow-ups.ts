import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Context, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod/mini'
import { boardDeliveries, renderingInto } from '../../../functions/delivery/boards.ts'
import { rolesInStored } from '../../../functions/directory/audiences.ts'
import { clocks } from '../../../functions/features.ts'
import { openBoardFiles } from '../../../functions/platform/boards/files.ts'
import { supersededClock } from '../../../functions/platform/boards/superseded.ts'
import { chunks } from '../../../functions/platform/concurrent.ts'
import { deliveryHandler } from '../../../functions/platform/delivery.ts'
import { readAssembly } from '../../../lib/local/assembly.ts'
import { eventFilter, FilterCriteria } from '../../../lib/local/event-filter.ts'
import type { Now } from '../../../lib/local/now.ts'
import { epochSeconds } from '../../../shared/kernel/dates.ts'
import { openClock } from '../../functions/clock/clock.ts'
import { listedDeliveries, platformOf } from './functions.ts'
import type { Cause, Tallies } from './tally.ts'

const Mapping = z.object({ BatchSize: z.number(), MaximumBatchingWindowInSeconds: z.number(), FilterCriteria })

/** The event source mapping of the function that follows the table's stream, as the assembly declares it. */
const mappingOf = (assembly: string) => {
  const resources = readAssembly(assembly).stacks.flatMap(({ template }) => Object.entries(template.Resources))
  const [, found] =
    resources.find(([id, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping' && id.startsWith('Delivery')) ?? []
  const declared = z.parse(Mapping, found?.Properties)
  return {
    batchSize: declared.BatchSize,
    window: declared.MaximumBatchingWindowInSeconds * 1000,
    passes: eventFilter(declared.FilterCriteria),
  }
}

/** Reads the records that were written since the last time, in their order. */
const openRecords = async (endpoint: string, region: string, table: string, now: Now) => {
  const client = new DynamoDBStreamsClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: table }))
  const StreamArn = Streams?.[0]?.StreamArn ?? ''
  const iterators = new Map<string, string>()
  let isFirst = true
  const read = async (): Promise<DynamoDBRecord[]> => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }))
    const records: DynamoDBRecord[] = []
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      const ShardIteratorType = isFirst ? 'LATEST' : 'TRIM_HORIZON'
      let next: string | undefined =
        iterators.get(ShardId) ??
        (await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType }))).ShardIterator
      while (next) {
        const reply: { Records?: unknown[] | undefined; NextShardIterator?: string | undefined } = await client.send(
          new GetRecordsCommand({ ShardIterator: next }),
        )
        records.push(...((reply.Records ?? []) as DynamoDBRecord[]))
        next = reply.NextShardIterator
        if (next) iterators.set(ShardId, next)
        if (!reply.Records?.length) break
      }
    }
    isFirst = false
    const ApproximateCreationDateTime = epochSeconds(new Date(now()))
    return records.map(record => ({ ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime } }))
  }
  await read()
  return { read, close: () => client.destroy() }
}

type Parts = {
  readonly assembly: string
  readonly client: DynamoDBClient
  readonly endpoint: string
  readonly region: string
  readonly table: string
  readonly s3: S3Client
  /** The bucket of boards. */
  readonly bucket: string
  readonly now: Now
  readonly tallies: Tallies
}

/**
 * What follows from writes: the stream's records, handed to the deployed delivery code by the mapping's filter and batch
 * size. When that happens is the caller's to say, who knows what the records are the consequence of.
 */
export const openFollowUps = async (parts: Parts) => {
  const { tallies, client, table, now } = parts
  const { batchSize, window, passes } = mappingOf(parts.assembly)
  const records = await openRecords(parts.endpoint, parts.region, table, now)
  const platform = platformOf(client, table, now)
  const puts: string[] = []
  const stored = openBoardFiles(parts.s3, parts.bucket)
  const files: typeof stored = {
    ...stored,
    put: (path, ...more) => {
      puts.push(path)
      return stored.put(path, ...more)
    },
  }
  const boards = boardDeliveries(renderingInto(files, platform.table, platform.now), listedDeliveries, () => platform)
  const handler = deliveryHandler([...listedDeliveries, ...boards], () => platform)

  const deliver = async (cause: Cause, fresh: readonly DynamoDBRecord[]): Promise<void> => {
    for (const Records of chunks(fresh.filter(passes), batchSize)) {
      const reply = (await tallies.invocation(cause, () =>
        handler({ Records }, { functionName: 'delivery' } as Context),
      )) as DynamoDBBatchResponse
      const failed = reply.batchItemFailures.length
      if (failed > 0) throw new Error(`${failed} of ${Records.length} records were not delivered`)
    }
  }
  /** Delivers records, and what follows from them, to the end. */
  const toTheEnd = async (cause: Cause, first: readonly DynamoDBRecord[]): Promise<void> => {
    for (let fresh = [...first]; fresh.length > 0; fresh = await records.read()) await deliver(cause, fresh)
  }
  const runClock = openClock(platform, [
    ...Object.values(clocks).flatMap(one => one ?? []),
    supersededClock(files, rolesInStored),
  ])
  return {
    /** The clock's run at this instant: it does what is due. */
    runClock: () => tallies.invocation('clock', runClock),
    /** The records since the last time, which are then the caller's to deliver. */
    take: records.read,
    /** Milliseconds for which records are gathered. */
    window,
    toTheEnd,
    /** The paths of all files that were put, in their order. */
    puts,
    close: records.close,
  }
}
