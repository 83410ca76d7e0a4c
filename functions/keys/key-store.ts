import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore'

/** Signing keys as the edge looks them up: the secret by key id. */
export type Published = Readonly<Record<string, string>>

const tries = 6

/** Our key ids; whatever else the store may hold is left alone. */
const isKeyId = (name: string) => /^k[0-9a-z]{1,15}$/.test(name)

/**
 * Makes the edge's key-value store hold exactly these signing keys: in one update, so that a reader sees all or none of
 * it, and only if the store is still what was read. Another update meanwhile: read again. Throws after six tries.
 */
export const publish = async (
  client: Pick<CloudFrontKeyValueStoreClient, 'send'> & CloudFrontKeyValueStoreClient,
  store: string,
  wanted: Published,
  pause = 400,
): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: store }))
    const held = new Map<string, string>()
    for await (const page of paginateListKeys({ client }, { KvsARN: store }))
      for (const { Key, Value } of page.Items ?? []) if (Key !== undefined && Value !== undefined) held.set(Key, Value)
    const puts = Object.entries(wanted).filter(([kid, secret]) => held.get(kid) !== secret)
    const deletes = [...held.keys()].filter(kid => isKeyId(kid) && !(kid in wanted))
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
      const isRace =
        error instanceof Error &&
        ['ConflictException', 'ValidationException', 'PreconditionFailed'].includes(error.name)
      if (!isRace || attempt === tries) throw error
      await new Promise(resolve => setTimeout(resolve, pause * attempt))
    }
  }
}
