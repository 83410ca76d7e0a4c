import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
  type UpdateKeysCommandInput,
} from '@aws-sdk/client-cloudfront-keyvaluestore'

/** Signing keys as the edge looks them up: secrets by key id. */
export type EdgeKeys = Readonly<Record<string, string>>

const mostAttempts = 6
/** Milliseconds before the second attempt; the pause grows by as much with each further one. */
const pauseMs = 400

/** Whether a name in the store is a key id. Other entries of the store are not changed. */
const isKeyId = (name: string) => /^k[0-9a-z]{1,15}$/.test(name)

/** Keys that the service puts and deletes in one call, and lists in one (CloudFront's quotas of key-value stores). */
const mostInCall = 50

/** The keys in the store, without its other entries. */
const publishedKeys = async (client: CloudFrontKeyValueStoreClient, store: string): Promise<Map<string, string>> => {
  const published = new Map<string, string>()
  for await (const page of paginateListKeys({ client, pageSize: mostInCall }, { KvsARN: store }))
    for (const { Key, Value } of page.Items ?? [])
      if (Key !== undefined && Value !== undefined && isKeyId(Key)) published.set(Key, Value)
  return published
}

type Changes = Pick<UpdateKeysCommandInput, 'Puts' | 'Deletes'>

const inCalls = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(all.length / mostInCall) }, (_, call) =>
    all.slice(call * mostInCall, (call + 1) * mostInCall),
  )

/** The calls that make the published keys `keys`: first puts, then deletes. */
const changesTo = (keys: EdgeKeys, published: ReadonlyMap<string, string>): Changes[] => {
  const puts = Object.entries(keys).filter(([kid, secret]) => published.get(kid) !== secret)
  const deletes = [...published.keys()].filter(kid => !(kid in keys))
  return [
    ...inCalls(puts).map(some => ({ Puts: some.map(([Key, Value]) => ({ Key, Value })) })),
    ...inCalls(deletes).map(some => ({ Deletes: some.map(Key => ({ Key })) })),
  ]
}

/** Errors by which the store says that somebody else changed it: the list of lost accesses is in the same store. */
const conflicts = new Set([
  'ConflictException',
  'ValidationException',
  'PreconditionFailed',
  'ResourceNotFoundException',
])

/**
 * Makes the signing keys in the edge's key-value store exactly `keys`, and changes no other entry. Each call is
 * conditional on the store's ETag; after a conflict the store is read again. Throws after six attempts.
 */
export const publishKeys = async (
  client: CloudFrontKeyValueStoreClient,
  store: string,
  keys: EdgeKeys,
): Promise<void> => {
  for (let attempt = 1; ; attempt++)
    try {
      for (const changes of changesTo(keys, await publishedKeys(client, store))) {
        const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: store }))
        await client.send(new UpdateKeysCommand({ KvsARN: store, IfMatch: ETag, ...changes }))
      }
      return
    } catch (error) {
      if (!(error instanceof Error && conflicts.has(error.name)) || attempt === mostAttempts) throw error
      await new Promise(resolve => setTimeout(resolve, pauseMs * attempt))
    }
}
