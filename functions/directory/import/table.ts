import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'
import type { Item, Key } from './items.ts'

/** One write of a batch: a whole item, or the key of one to delete. */
export type Write = { readonly put: Item } | { readonly remove: Key }

/** Batches under way at one time. */
const sideBySide = 8

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

const chunks = <Value>(values: readonly Value[], size: number): Value[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, place) => values.slice(place * size, (place + 1) * size))

/** Runs `work` on each value, `lanes` at a time. After a failure no other is begun; those under way are waited for. */
export const spread = async <Value>(
  values: Iterable<Value>,
  work: (value: Value) => Promise<void>,
  lanes = sideBySide,
): Promise<void> => {
  const waiting = values[Symbol.iterator]()
  let failed = false
  const lane = async () => {
    for (let next = waiting.next(); !next.done && !failed; next = waiting.next()) {
      try {
        await work(next.value)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane))
  const failure = ends.find(end => end.status === 'rejected')
  if (failure) throw failure.reason
}

/** The territory's table as the operator's commands use it. `written` counts the items written so far. */
export type Table = ReturnType<typeof openTable>

export const openTable = (name: string, client: DynamoDBClient) => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  let written = 0

  const get = async <Found extends Key>(key: Key): Promise<Found | undefined> => {
    const reply = await documents.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }))
    return reply.Item as Found | undefined
  }

  /** The items there are, in no order. */
  const getMany = async <Found extends Key>(keys: readonly Key[]): Promise<Found[]> => {
    const found: Found[] = []
    await spread(chunks(keys, 100), async part => {
      let wanted: Record<string, unknown>[] = part.map(key => ({ ...key }))
      for (let attempt = 0; wanted.length > 0; attempt++) {
        if (attempt > 0) await pause(20 * 2 ** Math.min(attempt, 8))
        const request = { [name]: { Keys: wanted, ConsistentRead: true } }
        const reply = await documents.send(new BatchGetCommand({ RequestItems: request }))
        found.push(...((reply.Responses?.[name] ?? []) as Found[]))
        wanted = reply.UnprocessedKeys?.[name]?.Keys ?? []
      }
    })
    return found
  }

  /** The items of a partition whose sort key begins with `prefix`, page after page. */
  async function* list<Found extends Key>(pk: string, prefix: string): AsyncGenerator<Found[]> {
    let from: Record<string, unknown> | undefined
    do {
      const reply = await documents.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ConsistentRead: true,
          ...(from && { ExclusiveStartKey: from }),
        }),
      )
      yield (reply.Items ?? []) as Found[]
      from = reply.LastEvaluatedKey
    } while (from)
  }

  const all = async <Found extends Key>(pk: string, prefix: string): Promise<Found[]> => {
    const items: Found[] = []
    for await (const page of list<Found>(pk, prefix)) items.push(...page)
    return items
  }

  /** Writes them all, in no order. No two of them may have one key. */
  const write = async (writes: readonly Write[]): Promise<void> => {
    await spread(chunks(writes, 25), async part => {
      let wanted = part.map(one =>
        'put' in one ? { PutRequest: { Item: { ...one.put } } } : { DeleteRequest: { Key: { ...one.remove } } },
      )
      for (let attempt = 0; wanted.length > 0; attempt++) {
        if (attempt > 0) await pause(20 * 2 ** Math.min(attempt, 8) * (0.5 + Math.random()))
        const reply = await documents.send(new BatchWriteCommand({ RequestItems: { [name]: wanted } }))
        wanted = (reply.UnprocessedItems?.[name] as typeof wanted | undefined) ?? []
      }
      written += part.length
    })
  }

  const put = async (item: Item): Promise<void> => {
    await documents.send(new PutCommand({ TableName: name, Item: { ...item } }))
    written++
  }

  /** All of the parts or none. Throws the service's TransactionCanceledException if a condition does not hold. */
  const transact = async (parts: NonNullable<TransactWriteCommandInput['TransactItems']>): Promise<void> => {
    await documents.send(new TransactWriteCommand({ TransactItems: parts }))
    written += parts.length
  }

  return {
    name,
    get,
    getMany,
    list,
    all,
    write,
    put,
    transact,
    get written() {
      return written
    },
  }
}
