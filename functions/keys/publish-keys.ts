import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore'

/** Signing keys as the edge looks them up: secrets by key id. */
export type EdgeKeys = Readonly<Record<string, string>>

const mostAttempts = 6
/** Milliseconds before the second attempt; the pause grows by as much with each further one. */
const pauseMs = 400

/** Whether a name in the store is a key id. Other entries of the store are not changed. */
const isKeyId = (name: string) => /^k[0-9a-z]{1,15}$/.test(name)

/**
 * Makes the signing keys in the edge's key-value store exactly `keys`, in one atomic update. The update is conditional on
 * the store's ETag; after a conflict the store is read again. Throws after six attempts.
 */
export const publishKeys = async (
  client: Pick<CloudFrontKeyValueStoreClient, 'send'> & CloudFrontKeyValueStoreClient,
  store: string,
  keys: EdgeKeys,
): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: store }))
    const stored = new Map<string, string>()
    for await (const page of paginateListKeys({ client }, { KvsARN: store }))
      for (const { Key, Value } of page.Items ?? [])
        if (Key !== undefined && Value !== undefined) stored.set(Key, Value)
    const puts = Object.entries(keys).filter(([kid, secret]) => stored.get(kid) !== secret)
    const deletes = [...stored.keys()].filter(kid => isKeyId(kid) && !(kid in keys))
    if (puts.length === 0 && deletes.length === 0) return
    try {
      await client.send(
        new UpdateKeysCommand({
          KvsARN: store,
          IfMatch: ETag,
          ...(puts.length > 0 && { Puts: puts.map(([Key, Value]) => ({ Key, Value })) }),
          ...(deletes.length > 0 && { Deletes: deletes.map(Key => ({ Key })) }),
        }),
      )
      return
    } catch (error) {
      const isConflict =
        error instanceof Error &&
        ['ConflictException', 'ValidationException', 'PreconditionFailed'].includes(error.name)
      if (!isConflict || attempt === mostAttempts) throw error
      await new Promise(resolve => setTimeout(resolve, pauseMs * attempt))
    }
  }
}
