import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../lib/local/database.ts'
import type { Outcome } from '../../../lib/local/environment.ts'
import { eventFilter } from '../../../lib/local/event-filter.ts'
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
  batchSize: 10,
  window: 0,
  from: 'TRIM_HORIZON',
  retries: 1,
  maxAge: -1,
  bisect: true,
  reportsItems: true,
  passes: () => true,
}

type Seen = { eventName: string; dynamodb: { Keys: { pk: { S: string } }; NewImage?: Record<string, unknown> } }

let folder: string
let database: Database
/** Records read of any stream since the start. */
let read = 0
const recordsRead = () => read
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-stream-'))
  database = await openDatabase({ folder, region })
  database.streams.middlewareStack.add(
    next => async args => {
      const reply = await next(args)
      read += (reply.output as { Records?: unknown[] }).Records?.length ?? 0
      return reply
    },
    { step: 'initialize' },
  )
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

/** What mappings gave up on. */
const setAside: object[] = []

const put = async (table: string, ...keys: string[]) => {
  for (const key of keys)
    await database.client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: key }, n: { N: '1' } } }))
}

const mappingOf = (table: string, stream: string, handler: (records: Seen[]) => Outcome, settings = usual) => {
  const batches: Seen[][] = []
  const done: string[] = []
  const mapping: Mapping = startMapping({
    settings,
    stream,
    region,
    client: database.streams,
    log: () => {},
    fn: {
      name: 'delivery',
      invoke: async event => {
        const { Records } = event as { Records: Seen[] }
        batches.push(Records)
        return handler(Records)
      },
      counts: {} as never,
    },
    deadLetters: { name: table, send: body => setAside.push(body) },
    file: join(folder, `${table}.json`),
    onDone: sequence => done.push(sequence),
  })
  const keys = () => batches.flat().map(record => record.dynamodb.Keys.pk.S)
  return { mapping, batches, keys, done }
}

const succeed = (): Outcome => ({ ok: true, payload: { batchItemFailures: [] } })

describe('startMapping', () => {
  it("startMapping() invokes the function with a table's records, in order, in batches, in Lambda's form", async () => {
    const stream = (await startTable(database.client, 'first', shape, undefined)) ?? ''
    await put('first', ...Array.from({ length: 25 }, (_, index) => `k${index}`))
    const { mapping, batches, keys } = mappingOf('first', stream, succeed)
    await expect.poll(() => keys().length).toBe(25)
    await mapping.stop()
    expect(keys()).toEqual(Array.from({ length: 25 }, (_, index) => `k${index}`))
    expect(batches.every(batch => batch.length <= 10)).toBe(true)
    expect(batches[0]?.[0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: region,
      eventSourceARN: stream,
      dynamodb: { NewImage: { pk: { S: 'k0' }, n: { N: '1' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    })
    expect(mapping.counts).toMatchObject({ records: 25, deadLetters: 0 })
  })

  it('startMapping() continues from its checkpoint after a stop, also when records were trimmed', async () => {
    const stream = (await startTable(database.client, 'second', shape, undefined)) ?? ''
    await put('second', 'a', 'b', 'c')
    const before = mappingOf('second', stream, succeed)
    await expect.poll(before.keys).toEqual(['a', 'b', 'c'])
    await before.mapping.stop()
    await put('second', 'd')
    database.trim('second', before.mapping.checkpoint() ?? '')
    await put('second', 'e')
    const after = mappingOf('second', stream, succeed)
    await expect.poll(after.keys).toEqual(['d', 'e'])
    database.trim('second', after.mapping.checkpoint() ?? '')
    await put('second', 'f')
    await expect.poll(after.keys).toEqual(['d', 'e', 'f'])
    await after.mapping.stop()
    const everything = mappingOf('second-again', stream, succeed)
    await expect.poll(() => everything.keys().at(-1)).toBe('f')
    await everything.mapping.stop()
    expect(everything.keys()).toEqual(['e', 'f'])
  })

  it('startMapping() sends a failing record to the dead-letter queue, and delivers the others of its batch', async () => {
    const stream = (await startTable(database.client, 'third', shape, undefined)) ?? ''
    await put('third', 'good', 'poison', 'fine')
    const delivered: string[] = []
    const { mapping } = mappingOf('third', stream, records => {
      const keys = records.map(record => record.dynamodb.Keys.pk.S)
      if (keys.includes('poison')) return { ok: false, reason: 'error', errorType: 'Error', errorMessage: '' }
      delivered.push(...keys)
      return succeed()
    })
    await expect.poll(() => delivered).toEqual(['good', 'fine'])
    await mapping.stop()
    expect(setAside).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
        DDBStreamBatchInfo: { batchSize: 1, streamArn: stream },
      },
    ])
    expect(mapping.counts.deadLetters).toBe(1)
  })

  it('startMapping() gathers records for its window, or until a batch is full', async () => {
    const stream = (await startTable(database.client, 'fourth', shape, undefined)) ?? ''
    const hour = 3_600
    const { mapping, batches, keys } = mappingOf('fourth', stream, succeed, { ...usual, batchSize: 3, window: hour })
    for (const key of ['a', 'b', 'c']) {
      expect(batches).toEqual([])
      const before = recordsRead()
      await put('fourth', key)
      // Read alone, by a request that came before the next record.
      await expect.poll(recordsRead).toBe(before + 1)
    }
    await expect.poll(keys).toEqual(['a', 'b', 'c'])
    await mapping.stop()
    expect(batches).toHaveLength(1)

    const soon = mappingOf('fourth-again', stream, succeed, { ...usual, window: 1 })
    await expect.poll(soon.keys).toEqual(['a', 'b', 'c'])
    await soon.mapping.stop()
  })

  it('startMapping() passes records of its filter only, and is done with the others', async () => {
    const stream = (await startTable(database.client, 'fifth', shape, undefined)) ?? ''
    const Pattern = JSON.stringify({ dynamodb: { Keys: { pk: { S: [{ prefix: 'N#' }] } } } })
    const settings = { ...usual, passes: eventFilter({ Filters: [{ Pattern }] }) }
    await put('fifth', 'P#1', 'N#1', 'P#2', 'P#3', 'N#2', 'P#4')
    const { mapping, keys, batches, done } = mappingOf('fifth', stream, succeed, settings)
    await expect.poll(() => new Set(done).size).toBeGreaterThan(1)
    const before = mapping.checkpoint()
    await put('fifth', 'P#5', 'P#6')
    await expect.poll(() => mapping.checkpoint() !== before).toBe(true)
    await mapping.stop()
    expect(keys()).toEqual(['N#1', 'N#2'])
    expect([mapping.counts.records, mapping.counts.batches]).toEqual([2, batches.length])
    const again = mappingOf('fifth', stream, succeed)
    await put('fifth', 'P#7')
    await expect.poll(again.keys).toContain('P#7')
    await again.mapping.stop()
    expect(again.keys(), 'what was filtered does not come again').not.toContain('P#4')
  })
})

describe('startTable', () => {
  it('startTable() fills a new table once, before its stream is enabled', async () => {
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
    await expect.poll(keys).toEqual(['after'])
    await mapping.stop()
  })

  it('startTable() refuses a table with other keys', async () => {
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
  it('openDatabase() finds the items and the stream of a database that was killed', async () => {
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

  it('openDatabase() throws a sentence for the operator if nothing answers at the given endpoint', async () => {
    await expect(openDatabase({ folder, region, endpoint: 'http://127.0.0.1:9' })).rejects.toThrow(
      'No DynamoDB answers at http://127.0.0.1:9',
    )
  })
})
