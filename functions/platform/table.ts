import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
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
import { cursorOf, sortKeyOf } from './cursor.ts'
import { keyOf, type Operation } from './operation.ts'
import type { ItemPattern, ListPattern } from './pattern.ts'

type Found<Pattern extends ItemPattern | ListPattern> = z.output<Pattern['item']>

export type ListOptions = {
  /** At most this many items, 1 MB at most in any case. */
  readonly limit?: number
  readonly cursor?: string | undefined
  readonly newestFirst?: boolean
}

/** Why a transaction did nothing: the names of the operations whose condition did not hold, or a busy item. */
export type Refusal = { readonly refused: readonly string[]; readonly busy: boolean }

/** The territory's table, through its listed access patterns only. Expired items are not there, TTL or no TTL. */
export type Table = ReturnType<typeof openTable>

/**
 * Opens the table `name`. One client per execution environment: connections are kept alive between requests.
 * `now` decides what has expired.
 */
export const openTable = (name: string, now: () => Date, client = new DynamoDBClient({ maxAttempts: 4 })) => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  const parsed = <Item extends z.core.$ZodType>(schema: Item, stored: unknown): z.output<Item> | undefined => {
    if (stored === undefined) return undefined
    const expiresAt = (stored as { expiresAt?: unknown }).expiresAt
    if (typeof expiresAt === 'number' && expiresAt <= epochSeconds(now())) return undefined
    return z.parse(schema, stored)
  }

  /** The item, or undefined. `consistent` sees a write that was just made, for twice the units. */
  const get = async <Pattern extends ItemPattern>(
    pattern: Pattern,
    args: Parameters<Pattern['key']>,
    { consistent = false } = {},
  ): Promise<Found<Pattern> | undefined> => {
    const reply = await documents.send(
      new GetCommand({ TableName: name, Key: keyOf(pattern, args), ConsistentRead: consistent }),
    )
    return parsed(pattern.item as Pattern['item'], reply.Item)
  }

  /** The items there are, in no order. Up to 100 keys, in one request unless the table holds some back. */
  const getMany = async <Pattern extends ItemPattern>(
    pattern: Pattern,
    keys: readonly Parameters<Pattern['key']>[],
  ): Promise<Found<Pattern>[]> => {
    const found: Found<Pattern>[] = []
    let wanted: object[] = keys.map(args => keyOf(pattern, args))
    while (wanted.length > 0) {
      const reply = await documents.send(
        new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted.slice(0, 100) as Record<string, unknown>[] } } }),
      )
      for (const stored of reply.Responses?.[name] ?? []) {
        const item = parsed(pattern.item as Pattern['item'], stored)
        if (item !== undefined) found.push(item)
      }
      wanted = [...((reply.UnprocessedKeys?.[name]?.Keys as object[] | undefined) ?? []), ...wanted.slice(100)]
    }
    return found
  }

  /** One page of a list: one Query. Fails with `invalid-request` on a cursor of another list. */
  const list = async <Pattern extends ListPattern>(
    pattern: Pattern,
    args: Parameters<Pattern['partition']>,
    { limit, cursor, newestFirst = false }: ListOptions = {},
  ): Promise<Result<Page<Found<Pattern>>>> => {
    const { pk, prefix } = pattern.partition(...(args as never[]))
    const from = cursor === undefined ? undefined : sortKeyOf(cursor, prefix)
    if (cursor !== undefined && from === undefined)
      return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
    const reply = await documents.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ScanIndexForward: !newestFirst,
        ...(limit !== undefined && { Limit: limit }),
        ...(from !== undefined && { ExclusiveStartKey: { pk, sk: from } }),
      }),
    )
    const items: Found<Pattern>[] = []
    for (const stored of reply.Items ?? []) {
      const item = parsed(pattern.item as Pattern['item'], stored)
      if (item !== undefined) items.push(item)
    }
    const last = reply.LastEvaluatedKey?.sk as string | undefined
    return ok({ items, ...(last !== undefined && { next: cursorOf(last) }) })
  }

  /** Every item of a list, page after page. For what is bounded by a school. */
  const all = async <Pattern extends ListPattern>(
    pattern: Pattern,
    args: Parameters<Pattern['partition']>,
  ): Promise<Found<Pattern>[]> => {
    const items: Found<Pattern>[] = []
    let cursor: string | undefined
    do {
      const page = await list(pattern, args, { cursor })
      if (!page.ok) throw new Error('a cursor just made was refused')
      items.push(...page.value.items)
      cursor = page.value.next
    } while (cursor !== undefined)
    return items
  }

  /** All of the operations or none: one transaction, up to 100 items. A refusal is expected; anything else throws. */
  const transact = async (operations: readonly Operation[]): Promise<Result<undefined, Refusal>> => {
    for (let attempt = 1; ; attempt++) {
      try {
        await documents.send(new TransactWriteCommand({ TransactItems: operations.map(one => one.part(name)) }))
        return ok(undefined)
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error
        const reasons = (error.CancellationReasons ?? []).map(reason => reason.Code ?? 'None')
        const refused = operations
          .filter((_, place) => reasons[place] === 'ConditionalCheckFailed')
          .map(one => one.name)
        if (refused.length > 0) return fail({ refused, busy: false })
        // Another transaction held one of the items: a few tries, spread out, let it end.
        if (!reasons.some(reason => reason === 'TransactionConflict' || reason === 'ThrottlingError')) throw error
        if (attempt === 5) return fail({ refused: [], busy: true })
        await new Promise(resolve => setTimeout(resolve, 20 * 2 ** attempt * Math.random()))
      }
    }
  }

  /** One update on its own, for counters: half the units of a transaction, and no conflicts with others' updates. */
  const apply = async (operation: Operation): Promise<void> => {
    const { Update } = operation.part(name)
    if (!Update) throw new Error(`${operation.name} is not an update`)
    await documents.send(new UpdateCommand(Update))
  }

  return { get, getMany, list, all, transact, apply }
}
