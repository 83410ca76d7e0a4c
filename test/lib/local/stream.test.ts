import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../lib/local/database.ts'
import type { Outcome } from '../../../lib/local/environment.ts'
import { openQueue } from '../../../lib/local/queue.ts'
import { type Mapping, type MappingSettings, startMapping } from '../../../lib/local/stream.ts'
import { startTable, type TableProperties } from '../../../lib/local/table.ts'

const region = 'eu-west-3'
const shape: TableProperties = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
}
const usual: MappingSettings = {
  ...{ batchSize: 10, window: 0, from: 'TRIM_HORIZON' },
  ...{ retries: 1, maxAge: -1, bisect: true, reportsItems: true },
}

type Seen = { eventName: string; dynamodb: { Keys: { pk: { S: string } }; NewImage?: Record<string, unknown> } }

let folder: string
let database: Database
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-stream-'))
  database = await openDatabase({ folder, region })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const put = async (table: string, ...keys: string[]) => {
  for (const key of keys)
    await database.client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: key }, n: { N: '1' } } }))
}

const mappingOf = (table: string, stream: string, handler: (records: Seen[]) => Outcome, settings = usual) => {
  const batches: Seen[][] = []
  const done: string[] = []
  const mapping: Mapping = startMapping({
    ...{ settings, stream, region, client: database.streams, log: () => {} },
    fn: {
      name: 'delivery',
      invoke: async event => {
        const { Records } = event as { Records: Seen[] }
        batches.push(Records)
        return handler(Records)
      },
      counts: {} as never,
    },
    setAside: openQueue(join(folder, 'dead-letters'), table),
    file: join(folder, `${table}.json`),
    onDone: sequence => done.push(sequence),
  })
  const keys = () => batches.flat().map(record => record.dynamodb.Keys.pk.S)
  return { mapping, batches, keys, done }
}

const succeed = (): Outcome => ({ ok: true, payload: { batchItemFailures: [] } })

describe('startMapping', () => {
  it('startMapping() gives the records of a table, in order, in batches, as Lambda writes them', async () => {
    const stream = (await startTable(database.client, 'first', shape, undefined)) ?? ''
    await put('first', ...Array.from({ length: 25 }, (_, place) => `k${place}`))
    const { mapping, batches, keys } = mappingOf('first', stream, succeed)
    await expect.poll(() => keys().length, { timeout: 10_000 }).toBe(25)
    await mapping.stop()
    expect(keys()).toEqual(Array.from({ length: 25 }, (_, place) => `k${place}`))
    expect(batches.every(batch => batch.length <= 10)).toBe(true)
    expect(batches[0]?.[0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: region,
      eventSourceARN: stream,
      dynamodb: { NewImage: { pk: { S: 'k0' }, n: { N: '1' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    })
    expect(mapping.counts).toMatchObject({ records: 25, setAside: 0 })
  })

  it('startMapping() goes on after a stop from where it was, also past records that were trimmed', async () => {
    const stream = (await startTable(database.client, 'second', shape, undefined)) ?? ''
    await put('second', 'a', 'b', 'c')
    const before = mappingOf('second', stream, succeed)
    await expect.poll(before.keys, { timeout: 10_000 }).toEqual(['a', 'b', 'c'])
    await before.mapping.stop()
    await put('second', 'd')
    database.trim('second', before.mapping.checkpoint() ?? '')
    await put('second', 'e')
    const after = mappingOf('second', stream, succeed)
    await expect.poll(after.keys, { timeout: 10_000 }).toEqual(['d', 'e'])
    database.trim('second', after.mapping.checkpoint() ?? '')
    await put('second', 'f')
    await expect.poll(after.keys, { timeout: 10_000 }).toEqual(['d', 'e', 'f'])
    await after.mapping.stop()
    const everything = mappingOf('second-again', stream, succeed)
    await expect.poll(() => everything.keys().at(-1), { timeout: 10_000 }).toBe('f')
    await everything.mapping.stop()
    expect(everything.keys()).toEqual(['e', 'f'])
  })

  it('startMapping() sets a poison record aside in the queue, and delivers its companions', async () => {
    const stream = (await startTable(database.client, 'third', shape, undefined)) ?? ''
    await put('third', 'good', 'poison', 'fine')
    const delivered: string[] = []
    const { mapping } = mappingOf('third', stream, records => {
      const keys = records.map(record => record.dynamodb.Keys.pk.S)
      if (keys.includes('poison')) return { ok: false, reason: 'error', errorType: 'Error', errorMessage: '' }
      delivered.push(...keys)
      return succeed()
    })
    await expect.poll(() => delivered, { timeout: 10_000 }).toEqual(['good', 'fine'])
    await mapping.stop()
    const [line = ''] = readFileSync(join(folder, 'dead-letters/third.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(line)).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: stream },
    })
    expect(mapping.counts.setAside).toBe(1)
  })

  it('startMapping() gathers records for its window', async () => {
    const stream = (await startTable(database.client, 'fourth', shape, undefined)) ?? ''
    const { mapping, batches } = mappingOf('fourth', stream, succeed, { ...usual, window: 2 })
    for (const key of ['a', 'b', 'c']) {
      await put('fourth', key)
      await new Promise(resolve => setTimeout(resolve, 300))
    }
    await expect.poll(() => batches.length, { timeout: 10_000 }).toBe(1)
    await mapping.stop()
    expect(batches[0]).toHaveLength(3)
  })
})

describe('startTable', () => {
  it('startTable() fills a new table before its stream is on, once', async () => {
    let fills = 0
    const fill = async () => {
      fills++
      await put('filled', 'before')
    }
    const stream = (await startTable(database.client, 'filled', shape, fill)) ?? ''
    expect(await startTable(database.client, 'filled', shape, fill)).toBe(stream)
    expect(fills).toBe(1)
    await put('filled', 'after')
    const { mapping, keys } = mappingOf('filled', stream, succeed)
    await expect.poll(keys, { timeout: 10_000 }).toEqual(['after'])
    await mapping.stop()
  })

  it('startTable() refuses a table of another shape', async () => {
    await startTable(database.client, 'shaped', shape, undefined)
    const other = {
      ...shape,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
    }
    await expect(startTable(database.client, 'shaped', other, undefined)).rejects.toThrow('--fresh')
  })
})

describe('openDatabase', () => {
  it('openDatabase() finds again what was written before a kill, and counts on', async () => {
    const own = mkdtempSync(join(tmpdir(), 'preau-database-'))
    try {
      const first = await openDatabase({ folder: own, region })
      const stream = await startTable(first.client, 'kept', shape, undefined)
      await first.client.send(new PutItemCommand({ TableName: 'kept', Item: { pk: { S: 'a' } } }))
      process.kill(first.pid ?? 0, 'SIGKILL')
      const second = await openDatabase({ folder: own, region })
      expect(await startTable(second.client, 'kept', shape, undefined)).toBe(stream)
      const reply = await second.client.send(new GetItemCommand({ TableName: 'kept', Key: { pk: { S: 'a' } } }))
      expect(reply.Item).toEqual({ pk: { S: 'a' } })
      await Promise.all([first.close(), second.close()])
    } finally {
      rmSync(own, { recursive: true })
    }
  })

  it('openDatabase() says in a sentence that nothing answers at the endpoint it was given', async () => {
    await expect(openDatabase({ folder, region, endpoint: 'http://127.0.0.1:9' })).rejects.toThrow(
      'No DynamoDB answers at http://127.0.0.1:9',
    )
  }, 60_000)
})
