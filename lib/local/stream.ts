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
import { type BatchSettings, deliver, type StreamRecord } from './batches.ts'
import { keep, readKept } from './kept.ts'
import type { Queue } from './queue.ts'

export type MappingSettings = BatchSettings & {
  readonly batchSize: number
  /** Seconds records are gathered for. */
  readonly window: number
  readonly from: 'TRIM_HORIZON' | 'LATEST'
}

export type MappingOptions = {
  readonly settings: MappingSettings
  readonly stream: string
  readonly region: string
  readonly client: DynamoDBStreamsClient
  readonly fn: LocalFunction
  readonly setAside: Queue | undefined
  /** Where it keeps how far it is. */
  readonly file: string
  /** Called with the sequence number up to which all is done. */
  readonly onDone: (sequence: string) => void
  readonly log: (fields: Readonly<Record<string, unknown>>) => void
}

/** What an event source mapping did since the start. */
export type MappingCounts = { records: number; batches: number; setAside: number }

/** An event source mapping at work. */
export type Mapping = {
  /** The ARN of the stream it reads. */
  readonly stream: string
  readonly counts: Readonly<MappingCounts>
  /** The last record that is done with, if any ever was. */
  readonly checkpoint: () => string | undefined
  /** Done when the batch under way is; what follows is for the next start. */
  readonly stop: () => Promise<void>
}

/** As Lambda asks a shard: four times a second. */
const pollEvery = 250
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

/** Starts giving a table's stream to a function, from where the last start left off. */
export const startMapping = (options: MappingOptions): Mapping => {
  const { settings, stream, region, client, fn, setAside, file, onDone, log } = options
  const counts: MappingCounts = { records: 0, batches: 0, setAside: 0 }
  const places = readKept<Record<string, string>>(file, {})
  const ending = new AbortController()
  const { signal } = ending

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

  const work = (shard: string, batch: readonly StreamRecord[]): Promise<void> =>
    deliver(batch, settings, {
      invoke: event => {
        counts.batches++
        return fn.invoke(event)
      },
      setAside: (records, { condition, requestId, invocations, failure }) => {
        counts.setAside += records.length
        log({ message: 'records set aside', condition, records: records.length, error: failure?.errorType })
        setAside?.send({
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
      done: ({ dynamodb: { SequenceNumber } }) => {
        places[shard] = SequenceNumber
        keep(file, places)
        onDone(SequenceNumber)
      },
      pause,
      now: Date.now,
      stopped: () => signal.aborted,
    })

  const iteratorOf = async (shard: string): Promise<string | undefined> => {
    const place = places[shard]
    const from = place
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place } as const)
      : ({ ShardIteratorType: settings.from } as const)
    const asked = { StreamArn: stream, ShardId: shard, ...from }
    return (await client.send(new GetShardIteratorCommand(asked))).ShardIterator
  }

  /** Reads one shard to its end, or until we stop. */
  const follow = async (shard: string): Promise<void> => {
    let iterator = await iteratorOf(shard)
    let gathered: StreamRecord[] = []
    let since = 0
    while (iterator && !signal.aborted) {
      const limit = settings.batchSize - gathered.length
      const reply = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: Math.min(limit, 1_000) }))
      const found = (reply.Records ?? []).map(record => eventOf(record, stream, region))
      iterator = reply.NextShardIterator
      if (gathered.length === 0 && found.length > 0) since = Date.now()
      gathered.push(...found)
      const isDue = gathered.length >= settings.batchSize || Date.now() - since >= settings.window * 1_000 || !iterator
      if (gathered.length > 0 && isDue) {
        counts.records += gathered.length
        await work(shard, gathered)
        gathered = []
      } else if (found.length < limit) await pause(pollEvery)
    }
    if (!signal.aborted) {
      places[shard] = closed
      keep(file, places)
    }
  }

  const followAll = async (): Promise<void> => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: stream }))
    const shards = (StreamDescription?.Shards ?? []).filter(({ ShardId = '' }) => places[ShardId] !== closed)
    const isBehind = ({ ParentShardId }: Shard) => shards.some(one => one.ShardId === ParentShardId)
    await Promise.all(shards.filter(one => !isBehind(one)).map(({ ShardId = '' }) => follow(ShardId)))
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await followAll()
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof TrimmedDataAccessException) for (const shard of Object.keys(places)) delete places[shard]
        log({ message: 'the stream could not be read', error: error instanceof Error ? error.name : typeof error })
      }
      await pause(1_000)
    }
  }
  const running = run()

  return {
    stream,
    counts,
    checkpoint: () => Object.values(places).find(place => place !== closed),
    stop: async () => {
      ending.abort()
      await running
    },
  }
}
