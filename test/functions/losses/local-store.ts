import '@aws-sdk/signature-v4a'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { openKeyValueStores } from '../../../lib/local/key-values.ts'

export const storeArn = 'arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555'

type Asked = {
  method: string
  path: string
  query?: Record<string, string>
  headers: Record<string, string>
  body?: string
}

/**
 * The local region's key-value store behind the real client, with the calls counted. `before` runs before each call, as
 * another writer would, or throws as a store that cannot be reached.
 */
export const localStore = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-store-'))
  const stores = await openKeyValueStores(join(folder, 'key-values.json'))
  stores.store(storeArn)
  const calls: string[] = []
  const state = { before: async (_call: string): Promise<void> => {} }
  const clientFor = (writer: (call: string) => Promise<void>) =>
    new CloudFrontKeyValueStoreClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      requestHandler: {
        handle: async ({ method, path, query, headers, body }: Asked) => {
          const name = `${method}${path.endsWith('/keys') ? ' keys' : ''}`
          await writer(name)
          // The client puts an account id before the host's name.
          const { host: _host, ...sent } = headers
          const url = `${stores.endpoint}${path}?${new URLSearchParams(query)}`
          const reply = await fetch(url, { method, headers: sent, ...(body !== undefined && { body }) })
          return {
            response: {
              statusCode: reply.status,
              headers: Object.fromEntries(reply.headers),
              body: Readable.from([await reply.text()]),
            },
          }
        },
      } as never,
    })
  return {
    state,
    /** The calls of {@link client}: `GET` reads the version, `GET keys` lists, `POST keys` updates. */
    calls,
    client: clientFor(async call => {
      calls.push(call)
      await state.before(call)
    }),
    /** A client of another writer, whose calls are not counted. */
    other: clientFor(async () => {}),
    get: (key: string) => stores.get(storeArn, key),
    close: async () => {
      await stores.close()
      rmSync(folder, { recursive: true })
    },
  }
}
