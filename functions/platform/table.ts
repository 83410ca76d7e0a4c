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
import type { Page } from '../../shared/kernel/page.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { Access } from './access.ts'
import { chunks, forEachConcurrent } from './concurrent.ts'
import { background, openDynamoDb, type Waiting } from './dynamodb.ts'
import type { Operation } from './operation.ts'
import { type ArgsOf, type ItemOf, type ItemPattern, type Key, keyOf, type ListPattern, listOf } from './pattern.ts'

type Declared<Uses extends Access, Verb extends keyof Access> = Verb extends keyof Uses
  ? NonNullable<Uses[Verb]> extends readonly (infer Of extends NonNullable<Access[Verb]>[number])[]
    ? Of
    : never
  : never

export type ListOptions<Item = never> = {
  /** This many items, unless it is the last page. Absent: what one Query gives, 1 MB at most. */
  readonly limit?: number
  /** Which items to give; by default all. */
  readonly keep?: (item: Item) => boolean
  readonly cursor?: string | undefined
  readonly newestFirst?: boolean
} & Reading

/** `consistent` sees a write that was just made, for twice the units. */
export type Reading = { readonly consistent?: boolean }

/** An item and where it is stored. */
export type Entry<Of extends ItemPattern | ListPattern> = { readonly key: Key; readonly item: ItemOf<Of> }

/** Why a transaction was cancelled: the names of the operations whose condition was not met, or a busy item. */
export type Refusal = { readonly refused: readonly string[]; readonly busy: boolean }

/** The writes that a declared access allows within a transaction. */
export type OperationOf<Uses extends Access> =
  | Operation<'put', Declared<Uses, 'put'>>
  | Operation<'update', Declared<Uses, 'update'>>
  | Operation<'remove', Declared<Uses, 'remove'>>
  | Operation<'check', Declared<Uses, 'check'>>

/**
 * The territory's table, through the access patterns that `Uses` declares and no others. Items are returned without
 * their keys. Expired items are never returned, even if DynamoDB has not deleted them yet.
 */
export type Table<Uses extends Access> = TableOf<
  Declared<Uses, 'get'>,
  Declared<Uses, 'getMany'>,
  Declared<Uses, 'query'>,
  OperationOf<Uses>,
  Declared<Uses, 'update'>,
  Declared<Uses, 'batch'>
>

/** An interface, so that a table is accepted wherever less is done with it than it allows. */
interface TableOf<
  in Get extends ItemPattern,
  in GetMany extends ItemPattern,
  in Query extends ListPattern,
  in Transact extends Operation,
  in Update extends ItemPattern,
  in Batch extends ItemPattern,
> {
  /** The item, or undefined. */
  readonly get: <Of extends Get>(pattern: Of, args: ArgsOf<Of>, reading?: Reading) => Promise<ItemOf<Of> | undefined>
  /** The item of each key, undefined where there is none. Throws if some keys stay unprocessed after all retries. */
  readonly getMany: <Of extends GetMany>(
    pattern: Of,
    keys: readonly ArgsOf<Of>[],
    reading?: Reading,
  ) => Promise<(ItemOf<Of> | undefined)[]>
  /**
   * One page of a list: one Query, and more of them as long as items that are not kept, or have expired, leave the page
   * short. Fails with `invalid-request` on a cursor of another list.
   */
  readonly list: <Of extends Query>(
    pattern: Of,
    args: ArgsOf<Of>,
    options?: ListOptions<ItemOf<Of>>,
  ) => Promise<Result<Page<ItemOf<Of>>>>
  /** Every item of a list. Only for lists that are bounded by the size of a school. */
  readonly all: <Of extends Query>(pattern: Of, args: ArgsOf<Of>, reading?: Reading) => Promise<ItemOf<Of>[]>
  /** A list of any length, a Query's worth of items at a time. */
  readonly pages: <Of extends Query>(pattern: Of, args: ArgsOf<Of>, reading?: Reading) => AsyncGenerator<Entry<Of>[]>
  /** All of the operations or none: one transaction, up to 100 items. A refusal is expected; anything else throws. */
  readonly transact: (operations: readonly Transact[]) => Promise<Result<undefined, Refusal>>
  /** One update on its own, for counters: half the units of a transaction, and no conflicts with others' updates. */
  readonly apply: (operation: Operation<'update', Update>) => Promise<void>
  /**
   * One update on its own, whose condition may not be met: false, and nothing is written. An update whose reply was lost
   * is sent again, and may then meet what it wrote itself: false, too.
   */
  readonly applyIf: (operation: Operation<'update', Update>) => Promise<boolean>
  /** Puts and removes items in any order, without a transaction. Keys must be distinct. Throws if some stay unwritten. */
  readonly writeMany: (operations: readonly Operation<'put' | 'remove', Batch>[]) => Promise<void>
}

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

/** Concurrent batch requests of one call. */
const batchConcurrency = 8

const pause = (attempt: number) =>
  new Promise(resolve => setTimeout(resolve, firstPauseMs * 2 ** attempt * (0.5 + Math.random() / 2)))

/** A cursor is the last sort key read. It has no partition, so that a forged one cannot reach another partition. */
export const cursorOf = (sortKey: string): string => Buffer.from(sortKey).toString('base64url')

/** The sort key of a cursor; undefined if it does not begin with the list's prefix. */
export const sortKeyOf = (cursor: string, begins: string): string | undefined => {
  const sortKey = Buffer.from(cursor, 'base64url').toString()
  return sortKey.startsWith(begins) ? sortKey : undefined
}

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
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begins)',
        ExpressionAttributeValues: { ':pk': pk, ':begins': begins },
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
      const { Update } = operation.part(name)
      if (Update) await documents.send(new UpdateCommand(Update), writing)
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
