import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import type { Context, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda'
import { features } from '../../../functions/features.ts'
import { streamPatterns } from '../../../functions/platform/access.ts'
import { type Deliveries, deliveryHandler } from '../../../functions/platform/delivery.ts'
import type { Background } from '../../../functions/platform/platform.ts'
import { eventFilter } from '../../../lib/local/event-filter.ts'
import { epochSeconds } from '../../../shared/kernel/dates.ts'
import type { Database } from '../../support/dynamodb.ts'

export type Stream = {
  /** The records written since the last look. */
  fresh: () => Promise<DynamoDBRecord[]>
  /** Hands records to the delivery function as the event source mapping would: those that pass its filter. */
  deliver: (records: readonly DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>
  /** Delivers what is fresh, once. Throws if a record is reported as failed. */
  deliverAll: () => Promise<DynamoDBRecord[]>
  /** Delivers what is fresh, then what followed from it, until nothing follows. */
  deliverToTheEnd: () => Promise<void>
}

/** The embedded table's real stream. */
export const openStream = async (
  database: Database,
  background: Background,
  subscribed: readonly Deliveries[] = Object.values(features).flatMap(feature => feature ?? []),
): Promise<Stream> => {
  const client = new DynamoDBStreamsClient({
    endpoint: database.endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const handler = deliveryHandler(subscribed, () => background)
  const { Streams } = await client.send(new ListStreamsCommand({ TableName: database.table }))
  const StreamArn = Streams?.[0]?.StreamArn ?? ''
  /** By shard: the sequence number up to which it was read. */
  const read = new Map<string, string>()

  const iteratorOf = async (ShardId: string) => {
    const SequenceNumber = read.get(ShardId)
    const from = SequenceNumber
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber } as const)
      : ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
    return (await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }))).ShardIterator
  }
  const fresh = async () => {
    const records: DynamoDBRecord[] = []
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }))
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      let iterator = await iteratorOf(ShardId)
      while (iterator) {
        const reply = await client.send(new GetRecordsCommand({ ShardIterator: iterator }))
        for (const record of reply.Records ?? []) records.push(record as unknown as DynamoDBRecord)
        const last = reply.Records?.at(-1)?.dynamodb?.SequenceNumber
        if (last) read.set(ShardId, last)
        iterator = last && reply.NextShardIterator
      }
    }
    // The time of the test's clock, as the service would write it.
    const ApproximateCreationDateTime = epochSeconds(background.now())
    return records.map(record => ({ ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime } }))
  }
  const patterns = streamPatterns(subscribed.map(({ access }) => access))
  const passes = eventFilter({ Filters: patterns.map(pattern => ({ Pattern: JSON.stringify(pattern) })) })
  const deliver = (records: readonly DynamoDBRecord[]) =>
    handler({ Records: records.filter(passes) }, {
      functionName: 'delivery',
    } as Context) as Promise<DynamoDBBatchResponse>
  const deliverAll = async () => {
    const records = await fresh()
    const { batchItemFailures } = await deliver(records)
    if (batchItemFailures.length > 0)
      throw new Error(`${batchItemFailures.length} of ${records.length} records were not delivered`)
    return records
  }
  return {
    fresh,
    deliver,
    deliverAll,
    deliverToTheEnd: async () => {
      while ((await deliverAll()).length > 0);
    },
  }
}
