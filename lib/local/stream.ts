import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as ServiceRecord,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams'
import type { LocalFunction } from './account.ts'
import { type BatchSettings, deliverBatch, type StreamRecord } from './batches.ts'
import type { EventFilter } from './event-filter.ts'
import { readJson, writeJson } from './json-file.ts'
import type { Queue } from './queue.ts'

export type MappingSettings = BatchSettings & {
  readonly batchSize: number
  /** MaximumBatchingWindowInSeconds. */
  readonly window: number
  readonly from: 'TRIM_HORIZON' | 'LATEST'
  /** FilterCriteria: a record that does not pass is in no batch. */
  readonly passes: EventFilter
}

export type MappingOptions = {
  readonly settings: MappingSettings
  readonly stream: string
  readonly region: string
  readonly client: DynamoDBStreamsClient
  readonly fn: LocalFunction
  /** The on-failure destination. */
  readonly deadLetters: Queue | undefined
  /** The file of its checkpoints. */
  readonly file: string
  /** Called with the sequence number up to which all records are processed or discarded. */
  readonly onDone: (sequence: string) => void
  readonly log: (fields: Readonly<Record<string, unknown>>) => void
}

/** Counts of an event source mapping since the start. */
export type MappingCounts = { records: number; batches: number; deadLetters: number }

/** A running event source mapping. */
export type Mapping = {
  /** The ARN of the stream it reads. */
  readonly stream: string
  readonly counts: Readonly<MappingCounts>
  /** The sequence number of the last record processed or discarded; undefined if there is none yet. */
  readonly checkpoint: () => string | undefined
  /** Stops; resolves when the batch in progress is done. The next start continues after it. */
  readonly stop: () => Promise<void>
}

/** Milliseconds between two polls of a shard; Lambda polls four times a second. */
const pollIntervalMs = 250
/** Milliseconds before the stream's shards are listed again, also after an error. */
const shardPauseMs = 1_000
/** The checkpoint of a shard that was read to its end. */
const closed = 'closed'

const base64 = (_: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value

const eventOf = (record: ServiceRecord, stream: string, region: string): StreamRecord => {
  const { ApproximateCreationDateTime: created, ...dynamodb } = record.dynamodb ?? {}
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ...JSON.parse(JSON.stringify(dynamodb, base64)),
      ApproximateCreationDateTime: Math.floor((created?.getTime() ?? 0) / 1_000),
    },
    eventSourceARN: stream,
    ...(record.userIdentity && {
      userIdentity: { type: record.userIdentity.Type, principalId: record.userIdentity.PrincipalId },
    }),
  } as unknown as StreamRecord
}

/** Starts to invoke a function with the records of a table's stream, from the checkpoints of the last start. */
export const startMapping = (options: MappingOptions): Mapping => {
  const { settings, stream, region, client, fn, deadLetters, file, onDone, log } = options
  const counts: MappingCounts = { records: 0, batches: 0, deadLetters: 0 }
  /** By shard: the sequence number of the last record done, or `closed`. */
  const checkpoints = readJson<Record<string, string>>(file, {})
  const stopping = new AbortController()
  const { signal } = stopping

  const pause = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      if (signal.aborted) return resolve()
      const wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      signal.addEventListener('abort', wake)
    })

  const noteDone = (shard: string, sequence: string): void => {
    if (checkpoints[shard] === sequence) return
    checkpoints[shard] = sequence
    writeJson(file, checkpoints)
    onDone(sequence)
  }

  const processBatch = (shard: string, batch: readonly StreamRecord[]): Promise<void> =>
    deliverBatch(batch, settings, {
      invoke: event => {
        counts.batches++
        return fn.invoke(event)
      },
      deadLetter: (records, { condition, requestId, invocations, failure }) => {
        counts.deadLetters += records.length
        log({ message: 'records discarded', condition, records: records.length, error: failure?.errorType })
        deadLetters?.send({
          requestContext: { requestId, functionArn: fn.name, condition, approximateInvokeCount: invocations },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: failure?.errorType },
          version: '1.0',
          timestamp: new Date().toISOString(),
          DDBStreamBatchInfo: {
            shardId: shard,
            startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
            endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
            batchSize: records.length,
            streamArn: stream,
          },
        })
      },
      done: ({ dynamodb: { SequenceNumber } }) => noteDone(shard, SequenceNumber),
      pause,
      now: Date.now,
      stopped: () => signal.aborted,
    })

  const iteratorOf = async (shard: string): Promise<string | undefined> => {
    const checkpoint = checkpoints[shard]
    const from = checkpoint
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint } as const)
      : ({ ShardIteratorType: settings.from } as const)
    const command = new GetShardIteratorCommand({ StreamArn: stream, ShardId: shard, ...from })
    return (await client.send(command)).ShardIterator
  }

  /** Reads one shard to its end, or until the mapping is stopped. */
  const readShard = async (shard: string): Promise<void> => {
    let iterator = await iteratorOf(shard)
    let gathered: StreamRecord[] = []
    let since = 0
    /** The last record that was read. */
    let last: StreamRecord | undefined
    while (iterator && !signal.aborted) {
      const limit = settings.batchSize - gathered.length
      const reply = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: Math.min(limit, 1_000) }))
      const records = (reply.Records ?? []).map(record => eventOf(record, stream, region))
      const passing = records.filter(settings.passes)
      iterator = reply.NextShardIterator
      if (gathered.length === 0 && passing.length > 0) since = Date.now()
      gathered.push(...passing)
      last = records.at(-1) ?? last
      const isDue = gathered.length >= settings.batchSize || Date.now() - since >= settings.window * 1_000 || !iterator
      if (gathered.length > 0 && isDue) {
        counts.records += gathered.length
        await processBatch(shard, gathered)
        gathered = []
      } else if (records.length < limit) await pause(pollIntervalMs)
      // What is filtered is done with once all that came before it is.
      if (gathered.length === 0 && last && !signal.aborted) {
        noteDone(shard, last.dynamodb.SequenceNumber)
        last = undefined
      }
    }
    if (!signal.aborted) {
      checkpoints[shard] = closed
      writeJson(file, checkpoints)
    }
  }

  /** Reads all shards whose parent shard is read to its end. */
  const readShards = async (): Promise<void> => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: stream }))
    const shards = (StreamDescription?.Shards ?? []).filter(({ ShardId = '' }) => checkpoints[ShardId] !== closed)
    const hasOpenParent = ({ ParentShardId }: Shard) => shards.some(one => one.ShardId === ParentShardId)
    await Promise.all(shards.filter(one => !hasOpenParent(one)).map(({ ShardId = '' }) => readShard(ShardId)))
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await readShards()
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof TrimmedDataAccessException)
          for (const shard of Object.keys(checkpoints)) delete checkpoints[shard]
        log({ message: 'stream could not be read', error: error instanceof Error ? error.name : typeof error })
      }
      await pause(shardPauseMs)
    }
  }
  const running = run()

  return {
    stream,
    counts,
    checkpoint: () => Object.values(checkpoints).find(checkpoint => checkpoint !== closed),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
