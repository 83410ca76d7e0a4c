import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeyValueStores } from '../../lib/local/key-values.ts'
import { keyValueClient } from './key-value-client.ts'

/** The ARN of the store. */
export const storeArn = 'arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555'

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
    keyValueClient(stores.endpoint, ({ method, path }) => writer(`${method}${path.endsWith('/keys') ? ' keys' : ''}`))
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
