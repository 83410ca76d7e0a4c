import {
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod/mini'
import type { SetAside } from '../platform/redelivery-patterns.ts'

/** The variable that names the queue of what the delivery function could not process. */
export const SetAsideEnvironment = z.object({ SET_ASIDE_QUEUE_URL: z.url() })

/**
 * What an event source mapping tells of records that it gave up on (AWS Lambda Developer Guide, "Retaining discarded
 * batches"): where they are in the stream, and not what they are.
 */
const Message = z.object({
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
})

/** Seconds for which a message is not given to anybody else: longer than an order takes. */
const visibility = 900
/** Messages that one request gives at most, and requests in a row that give none until the queue is taken for empty. */
const mostAtOnce = 10
const emptyReplies = 3

/** The queue of what was set aside. */
export type SetAsideQueue = {
  /** Up to about `most` batches that nobody was given in the last minutes, in the order of their records. */
  readonly receive: (most: number) => Promise<SetAside[]>
  /** Has batches given again at once. */
  readonly release: (batches: readonly SetAside[]) => Promise<void>
  readonly remove: (batch: SetAside) => Promise<void>
}

const before = (a: SetAside, b: SetAside): number => {
  const [first, second] = [BigInt(a.first), BigInt(b.first)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** Opens the queue. A standard queue gives messages in any order, and some of them twice. */
export const openSetAside = (client: SQSClient, QueueUrl: string): SetAsideQueue => ({
  receive: async most => {
    const found = new Map<string, SetAside>()
    for (let empty = 0; empty < emptyReplies && found.size < most; ) {
      const options = { MaxNumberOfMessages: mostAtOnce, VisibilityTimeout: visibility }
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...options }))
      empty = Messages.length === 0 ? empty + 1 : 0
      for (const { Body = '', ReceiptHandle = '' } of Messages) {
        const { DDBStreamBatchInfo: batch } = z.parse(Message, JSON.parse(Body))
        const { shardId: shard, startSequenceNumber: first, endSequenceNumber: last, streamArn: stream } = batch
        const name = `${shard} ${first} ${last}`
        const receipts = [...(found.get(name)?.receipts ?? []), ReceiptHandle]
        found.set(name, { stream, shard, first, last, records: batch.batchSize, receipts })
      }
    }
    return [...found.values()].sort(before)
  },
  release: async batches => {
    for (const ReceiptHandle of batches.flatMap(({ receipts }) => receipts))
      await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
  },
  remove: async ({ receipts }) => {
    for (const ReceiptHandle of receipts) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  },
})

/** Replies of the stream in a row without a record, after which what is looked for is not in it any more. */
const emptyReads = 10

const hasLeft = (error: unknown): boolean =>
  error instanceof TrimmedDataAccessException ||
  error instanceof ResourceNotFoundException ||
  error instanceof ExpiredIteratorException

/** Reads what was set aside from the stream; undefined where it has left it, after 24 hours. */
export type ReadSetAside = (batch: SetAside) => Promise<DynamoDBRecord[] | undefined>

/** Opens the table's stream. */
export const openStreamReader =
  (client: DynamoDBStreamsClient): ReadSetAside =>
  async ({ stream: StreamArn, shard: ShardId, first, last }) => {
    const at = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: first } as const
    try {
      const records: DynamoDBRecord[] = []
      let iterator = (await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...at }))).ShardIterator
      for (let empty = 0; iterator && empty < emptyReads; ) {
        const reply = await client.send(new GetRecordsCommand({ ShardIterator: iterator }))
        for (const { dynamodb, ...record } of reply.Records ?? []) {
          const { SequenceNumber = '', ApproximateCreationDateTime: at } = dynamodb ?? {}
          if (BigInt(SequenceNumber) > BigInt(last)) return records.length > 0 ? records : undefined
          // As Lambda gives it: epoch seconds.
          const created = at && { ApproximateCreationDateTime: Math.floor(at.getTime() / 1000) }
          records.push({ ...record, dynamodb: { ...dynamodb, ...created } } as unknown as DynamoDBRecord)
          if (SequenceNumber === last) return records
        }
        empty = reply.Records?.length ? 0 : empty + 1
        iterator = reply.NextShardIterator
      }
      return records.length > 0 ? records : undefined
    } catch (error) {
      if (hasLeft(error)) return undefined
      throw error
    }
  }
