import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDescribe } from '../../../functions/delivery/described.ts'
import { orderRedelivery, redeliveries } from '../../../functions/delivery/redelivery.ts'
import { openSetAside, openStreamReader } from '../../../functions/delivery/set-aside.ts'
import { compareCounts, recount } from '../../../functions/news/counting/recount.ts'
import { openDeliver } from '../../../functions/platform/delivery.ts'
import { type RedeliveryItem, redeliveryPatterns } from '../../../functions/platform/redelivery-patterns.ts'
import { deliverBatch, type StreamRecord } from '../../../lib/local/batches.ts'
import { credentials } from '../../../lib/local/loopback.ts'
import { openMessages } from '../../../lib/local/sqs/messages.ts'
import { serveSqs } from '../../../lib/local/sqs/server.ts'
import { accepted } from '../../support/accepted.ts'
import { openTerritory, type Territory } from '../news/territory.ts'
import { openStream } from './stream.ts'

const folder = mkdtempSync(join(tmpdir(), 'preau-test-'))
const clock = { now: 1_000_000 }
const messages = openMessages(folder, () => clock.now)
let sqs: Awaited<ReturnType<typeof serveSqs>>
let client: SQSClient
let streams: DynamoDBStreamsClient
let t: Territory
let isFailing = false
beforeAll(async () => {
  sqs = await serveSqs(messages, () => 'set-aside')
  client = new SQSClient({ endpoint: sqs.endpoint, region: 'eu-west-3', credentials })
  t = await openTerritory(undefined, (platform, listed) => {
    const queue = openSetAside(client, `${sqs.endpoint}/1/set-aside`)
    // The table's client is there once the territory is.
    const read: ReturnType<typeof openStreamReader> = batch => openStreamReader(streams)(batch)
    const deliver = openDeliver(listed, () => platform)
    const tried: typeof deliver = async records =>
      isFailing ? [{ sequence: '', error: new Error('it fails again') }] : deliver(records)
    return [redeliveries({ queue, read, deliver: tried, describe: openDescribe(listed) })]
  })
  streams = new DynamoDBStreamsClient({ endpoint: t.database.endpoint, region: 'eu-west-3', credentials })
})
afterAll(async () => {
  await t.close()
  client.destroy()
  streams.destroy()
  await sqs.close()
  messages.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Delivers what is fresh while the table refuses to write what is of a publication, and sets aside what fails. */
const deliverWithout = async (news: string): Promise<void> => {
  const refusing =
    <Args extends unknown[]>(work: (operation: never, ...more: Args) => Promise<never>) =>
    (operation: never, ...more: Args) =>
      JSON.stringify(operation).includes(news)
        ? Promise.reject(new Error('the table is away'))
        : work(operation, ...more)
  const { table } = t.platform
  const failing = {
    ...t.platform,
    table: { ...table, apply: refusing(table.apply as never), writeMany: refusing(table.writeMany as never) },
  }
  const stream = await openStream(t.database, failing as never)
  const { Streams } = await streams.send(new ListStreamsCommand({ TableName: t.database.table }))
  const { StreamArn: streamArn = '', ShardId = await shardOf(streamArn) } = { ...Streams?.[0], ShardId: undefined }
  const records = (await t.stream.fresh()) as unknown as StreamRecord[]
  await deliverBatch(
    records,
    { retries: 1, maxAge: -1, bisect: true, reportsItems: true },
    {
      invoke: async event => ({ ok: true, payload: await stream.deliver((event as { Records: never[] }).Records) }),
      deadLetter: discarded => {
        const [first, last] = [discarded[0], discarded.at(-1)].map(one => one?.dynamodb.SequenceNumber)
        const at = { startSequenceNumber: first, endSequenceNumber: last, batchSize: discarded.length }
        messages.send('set-aside', JSON.stringify({ DDBStreamBatchInfo: { shardId: ShardId, streamArn, ...at } }))
      },
      done: () => {},
      pause: async () => {},
      now: () => 0,
      stopped: () => false,
    },
  )
}

const shardOf = async (StreamArn: string): Promise<string> => {
  const { DescribeStreamCommand } = await import('@aws-sdk/client-dynamodb-streams')
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }))
  return StreamDescription?.Shards?.at(-1)?.ShardId ?? ''
}

/** An order, carried out to its end. */
const ordered = async (dry: boolean): Promise<RedeliveryItem> => {
  t.clock.now = new Date(t.clock.now.getTime() + 1_000)
  const at = await orderRedelivery(t.platform.table, t.clock.now, { dry })
  await t.stream.deliverToTheEnd()
  const order = await t.platform.table.get(redeliveryPatterns.redelivery, { at }, { consistent: true })
  if (order?.doneAt === undefined) throw new Error('the order is not done')
  return order
}

/** What everybody sees of a publication. */
const seenOf = async (news: string) => ({
  counts: (await compareCounts(t.platform.table, news)).stored,
  marks: await Promise.all(
    ['lea', 'tom', 'sophie', 'ines'].map(async who => ({ ...(await t.markOf(who, news)), news: '' })),
  ),
})

describe('what the stream set aside', () => {
  it('is delivered again once, beside newer changes, and ends as if nothing had failed', async () => {
    const [good, bad] = [
      await t.publish('marc', { notice: 'guardian' }),
      await t.publish('marc', { notice: 'guardian' }),
    ]
    const act = async (whose: readonly string[]) => {
      for (const news of [good, bad])
        for (const who of whose) {
          await t.see(who, news)
          if (who === 'ines') await accepted(t.ask('sign', who, { params: { news }, body: {} }))
        }
    }
    await act(['lea', 'ines'])
    await deliverWithout(bad)
    expect(messages.count('set-aside')).toBeGreaterThan(0)
    expect((await compareCounts(t.platform.table, bad)).stored).toMatchObject({ seen: 0, signed: 0 })
    // Mended: newer changes are counted, and the ones set aside are before them.
    await act(['tom'])
    await t.stream.deliverToTheEnd()

    const dry = await ordered(true)
    expect(dry).toMatchObject({ delivered: 3, gone: 0, failed: [], counted: [bad] })
    expect(dry.found).toMatchObject({ 'news counts': 3, 'news seen': 2, 'news signatures': 1 })
    expect((await compareCounts(t.platform.table, bad)).isRight).toBe(false)

    expect(await ordered(false)).toMatchObject({ delivered: 3, gone: 0, failed: [], counted: [bad] })
    expect(messages.count('set-aside')).toBe(0)
    expect(await ordered(false)).toMatchObject({ delivered: 0, gone: 0, failed: [] })
    await recount(t.platform.table, bad, t.clock.now)
    await t.stream.deliverToTheEnd()
    expect(await seenOf(bad)).toEqual(await seenOf(good))
    expect(await seenOf(bad)).toMatchObject({ counts: { seen: 3, signed: 1 } })
  })

  it('stays set aside where it fails again', async () => {
    const news = await t.publish('marc')
    await t.see('lea', news)
    await deliverWithout(news)
    isFailing = true
    expect(await ordered(false)).toMatchObject({ delivered: 0, gone: 0, failed: [expect.any(String)] })
    isFailing = false
    // Hidden from others for as long as an order may take.
    expect(await ordered(false)).toMatchObject({ delivered: 0, failed: [] })
    clock.now += 900_000
    expect(await ordered(false)).toMatchObject({ delivered: 1, failed: [], counted: [news] })
    expect(messages.count('set-aside')).toBe(0)
  })

  it('is told where it has left the stream, and leaves the queue', async () => {
    const news = await t.publish('marc')
    await t.see('lea', news)
    await deliverWithout(news)
    const [lost] = messages.since('set-aside', 0)
    // Of a shard that is not there any more, and from before the first record that still is.
    for (const more of [
      { shardId: 'shardId-00000000000000000000-00000000' },
      { startSequenceNumber: '0', endSequenceNumber: '0' },
    ]) {
      const nowhere = JSON.parse(lost ?? '{}')
      Object.assign(nowhere.DDBStreamBatchInfo, more)
      messages.send('set-aside', JSON.stringify(nowhere))
    }
    expect(await ordered(false)).toMatchObject({ delivered: 1, gone: 2, failed: [] })
    expect(messages.count('set-aside')).toBe(0)
  })
})
