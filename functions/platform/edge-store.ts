import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore'
import * as z from 'zod/mini'

/** The ARN of the store, of a function that lib/platform/edge-store.ts grants it to. */
export const EdgeStoreEnvironment = z.object({ KVS_ARN: z.string().check(z.startsWith('arn:')) })

/** Keys of one call (CloudFront's quota). */
export const mostKeys = 50

/** Values to write and keys to delete: {@link mostKeys} together at most. */
export type StoreChanges = { readonly puts: ReadonlyMap<string, string>; readonly deletes: readonly string[] }

/**
 * The edge's key-value store. Several functions write to it, each its own keys, and the service takes one writer at a
 * time: a call names the version that it was made for.
 */
export type EdgeStore = {
  /** All values, by key: one call for each 50. */
  readonly list: () => Promise<Map<string, string>>
  /**
   * Writes what `changes` returns, all or nothing, and returns it. `changes` is asked after the version was read, and
   * anew after a conflict: what it read is then not older than what another writer has published. Throws after
   * {@link mostAttempts}.
   */
  readonly update: (changes: () => Promise<StoreChanges>) => Promise<StoreChanges>
}

/** Attempts of one update, some seconds in all: while others write, or the service applies an earlier call. */
const mostAttempts = 8
/** Milliseconds before the second attempt; it grows by as much with each further one, by up to half of it at random. */
const usualPause = 300

const isConflict = (error: unknown): boolean =>
  error instanceof Error && ['ConflictException', 'ValidationException', 'PreconditionFailed'].includes(error.name)

/**
 * Opens the store of an ARN. The version after an update is remembered, so that the next one needs no call for it unless
 * somebody else wrote meanwhile.
 */
export const openEdgeStore = (
  client: CloudFrontKeyValueStoreClient,
  arn: string,
  pauseMs: number = usualPause,
): EdgeStore => {
  let version: string | undefined
  const current = async () => (await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }))).ETag
  return {
    list: async () => {
      const values = new Map<string, string>()
      for await (const page of paginateListKeys({ client, pageSize: mostKeys }, { KvsARN: arn }))
        for (const { Key, Value } of page.Items ?? [])
          if (Key !== undefined && Value !== undefined) values.set(Key, Value)
      return values
    },

    update: async changes => {
      for (let attempt = 1; ; attempt++) {
        const isRemembered = version !== undefined
        version ??= await current()
        const { puts, deletes } = await changes()
        const count = puts.size + deletes.length
        if (count === 0) return { puts, deletes }
        if (count > mostKeys) throw new RangeError(`an update of the edge's store takes ${mostKeys} keys, not ${count}`)
        try {
          const { ETag } = await client.send(
            new UpdateKeysCommand({
              KvsARN: arn,
              IfMatch: version,
              ...(puts.size > 0 && { Puts: [...puts].map(([Key, Value]) => ({ Key, Value })) }),
              ...(deletes.length > 0 && { Deletes: deletes.map(Key => ({ Key })) }),
            }),
          )
          version = ETag
          return { puts, deletes }
        } catch (error) {
          version = undefined
          if (!isConflict(error) || attempt === mostAttempts) throw error
          if (isRemembered) continue
          const pause = pauseMs * attempt * (1 + Math.random() / 2)
          await new Promise(resolve => setTimeout(resolve, pause))
        }
      }
    },
  }
}
