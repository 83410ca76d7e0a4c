import { type DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { epochSeconds } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import type { Access } from './access.ts'
import { chunks, forEachConcurrent } from './concurrent.ts'
import { background, openDynamoDb, type Waiting } from './dynamodb.ts'
import { cursorOf, type ItemPattern, type Key, keyOf, type ListPattern, listOf, sortKeyOf } from './pattern.ts'
import type { Table } from './table.ts'

/** Some items of a batch request stay unprocessed after all retries. It has the name of DynamoDB's throttling exception. */
class UnprocessedError extends Error {
  override readonly name = 'ThrottlingException'
}

/** Attempts of a transaction that conflicts with others. */
const transactionAttempts = 5
/** Reasons for which a transaction is cancelled that end by themselves (TransactionCanceledException). */
const busyReasons: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
])
/** Milliseconds, doubled with each attempt. */
const firstPauseMs = 25

/** Operations that DynamoDB takes in one transaction (TransactWriteItems). */
const mostOperations = 100

/** Concurrent batch requests of one call. */
const batchConcurrency = 8

const pause = (attempt: number) =>
  new Promise(resolve => setTimeout(resolve, firstPauseMs * 2 ** attempt * (0.5 + Math.random() / 2)))

const textOf = ({ pk, sk }: Key) => `${pk} ${sk}`

/**
 * Opens the table `name` for what `access` declares. One client per execution environment: connections are kept alive
 * between requests. `now` decides what has expired. `waiting` bounds what the client does not: it is the one that the
 * client was opened with.
 */
export const openTable = <Uses extends Access>(
  name: string,
  _access: Uses,
  now: () => Date,
  client: DynamoDBClient = openDynamoDb(background),
  waiting: Waiting = background,
): Table<Uses> => {
  const writing = { requestTimeout: waiting.write }
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  const parsed = (pattern: ItemPattern | ListPattern, stored: unknown): unknown => {
    if (stored === undefined) return undefined
    const expiresAt = (stored as { expiresAt?: unknown }).expiresAt
    if (typeof expiresAt === 'number' && expiresAt <= epochSeconds(now())) return undefined
    return z.parse(pattern.item, stored)
  }

  /** Sends a batch, and then what was left unprocessed, with growing pauses. `send` returns what is unprocessed. */
  const sendAll = async <Request>(batch: Request[], send: (batch: Request[]) => Promise<Request[]>): Promise<void> => {
    let unprocessed = await send(batch)
    for (let attempt = 0; unprocessed.length > 0; attempt++) {
      if (attempt === waiting.batchRetries) throw new UnprocessedError('the table left requests unprocessed')
      await pause(attempt)
      unprocessed = await send(unprocessed)
    }
  }

  const query = (pattern: ListPattern, args: never, from: string | undefined, more: object) => {
    const { pk, begins } = listOf(pattern, args)
    return documents.send(
      new QueryCommand({
        TableName: name,
        // DynamoDB takes no empty text for a key: a list of a whole partition has no condition on it.
        KeyConditionExpression: begins === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :begins)',
        ExpressionAttributeValues: { ':pk': pk, ...(begins !== '' && { ':begins': begins }) },
        ...(from !== undefined && { ExclusiveStartKey: { pk, sk: from } }),
        ...more,
      }),
    )
  }

  const table: Table<Access> = {
    get: async (pattern, args, { consistent = false } = {}) => {
      const Key = keyOf(pattern, args)
      const reply = await documents.send(new GetCommand({ TableName: name, Key, ConsistentRead: consistent }))
      return parsed(pattern, reply.Item) as never
    },

    getMany: async (pattern, keys, { consistent = false } = {}) => {
      const requested = keys.map(args => keyOf(pattern, args))
      const distinct = [...new Map(requested.map(key => [textOf(key), key])).values()]
      const items = new Map<string, unknown>()
      const read = async (part: Key[]): Promise<Key[]> => {
        const request = { [name]: { Keys: part.map(key => ({ ...key })), ConsistentRead: consistent } }
        const reply = await documents.send(new BatchGetCommand({ RequestItems: request }))
        for (const stored of reply.Responses?.[name] ?? []) items.set(textOf(stored as Key), parsed(pattern, stored))
        return (reply.UnprocessedKeys?.[name]?.Keys ?? []) as Key[]
      }
      await forEachConcurrent(chunks(distinct, 100), part => sendAll(part, read), batchConcurrency)
      return requested.map(key => items.get(textOf(key)) as never)
    },

    list: async (pattern, args, { limit, cursor, newestFirst = false, consistent = false, keep = () => true } = {}) => {
      const from = cursor === undefined ? undefined : sortKeyOf(cursor, listOf(pattern, args).begins)
      if (cursor !== undefined && from === undefined)
        return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
      const paging = {
        ScanIndexForward: !newestFirst,
        ConsistentRead: consistent,
        ...(limit !== undefined && { Limit: limit }),
      }
      const items: never[] = []
      for (let start = from; ; ) {
        const reply = await query(pattern, args as never, start, paging)
        const last = reply.LastEvaluatedKey?.sk as string | undefined
        for (const [at, stored] of (reply.Items ?? []).entries()) {
          const item = parsed(pattern, stored)
          if (item === undefined || !keep(item as never)) continue
          items.push(item as never)
          if (items.length !== limit) continue
          const isEnd = last === undefined && at === (reply.Items?.length ?? 0) - 1
          return ok({ items, ...(!isEnd && { next: cursorOf(stored.sk) }) })
        }
        if (last === undefined || limit === undefined)
          return ok({ items, ...(last !== undefined && { next: cursorOf(last) }) })
        start = last
      }
    },

    all: async (pattern, args, reading) => {
      const items: never[] = []
      for await (const page of table.pages(pattern, args, reading)) items.push(...page.map(one => one.item as never))
      return items
    },

    pages: async function* (pattern, args, { consistent = false } = {}) {
      let from: string | undefined
      do {
        const reply = await query(pattern, args as never, from, { ConsistentRead: consistent })
        yield (reply.Items ?? []).flatMap(stored => {
          const item = parsed(pattern, stored)
          return item === undefined ? [] : [{ key: { pk: stored.pk, sk: stored.sk }, item: item as never }]
        })
        from = reply.LastEvaluatedKey?.sk as string | undefined
      } while (from !== undefined)
    },

    transact: async operations => {
      if (operations.length > mostOperations)
        throw new RangeError(`A transaction takes ${mostOperations} operations, and not ${operations.length}`)
      for (let attempt = 1; ; attempt++) {
        try {
          const TransactItems = operations.map(one => one.part(name))
          await documents.send(new TransactWriteCommand({ TransactItems }), writing)
          return ok(undefined)
        } catch (error) {
          if (!(error instanceof TransactionCanceledException)) throw error
          const reasons = (error.CancellationReasons ?? []).map(reason => reason.Code ?? 'None')
          const refused = operations.filter((_, at) => reasons[at] === 'ConditionalCheckFailed').map(one => one.name)
          if (refused.length > 0) return fail({ refused, busy: false })
          // Retry a conflict with another transaction on the same items, and a throttled item.
          if (!reasons.some(reason => busyReasons.has(reason))) throw error
          if (attempt === transactionAttempts) return fail({ refused: [], busy: true })
          await pause(attempt)
        }
      }
    },

    apply: async operation => {
      await table.applyAndRead(operation)
    },

    applyAndRead: async operation => {
      const { Update } = operation.part(name)
      if (!Update) return {}
      const { Attributes } = await documents.send(
        new UpdateCommand({ ...Update, ReturnValues: 'UPDATED_NEW' }),
        writing,
      )
      return (Attributes ?? {}) as never
    },

    applyIf: async operation => {
      for (let attempt = 1; ; attempt++) {
        try {
          await table.apply(operation)
          return true
        } catch (error) {
          if (!(error instanceof Error)) throw error
          if (error.name === 'ConditionalCheckFailedException') return false
          // A transaction on the same item is under way.
          if (error.name !== 'TransactionConflictException' || attempt === transactionAttempts) throw error
          await pause(attempt)
        }
      }
    },

    writeMany: async operations => {
      type Request = { PutRequest: { Item: object } } | { DeleteRequest: { Key: object } }
      const requests = operations.map(
        ({ key, fields }): Request =>
          fields ? { PutRequest: { Item: { ...fields, ...key } } } : { DeleteRequest: { Key: { ...key } } },
      )
      const write = async (part: Request[]): Promise<Request[]> => {
        const RequestItems = { [name]: part as never[] }
        const reply = await documents.send(new BatchWriteCommand({ RequestItems }), writing)
        return (reply.UnprocessedItems?.[name] ?? []) as Request[]
      }
      await forEachConcurrent(chunks(requests, 25), part => sendAll(part, write), batchConcurrency)
    },
  }
  return table as unknown as Table<Uses>
}
