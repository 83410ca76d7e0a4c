import crypto from 'node:crypto'
import vm from 'node:vm'
import { viewerCode } from '../../../lib/platform/viewer-code.ts'

type Value = { value: string; multiValue?: { value: string }[] }
type Values = Record<string, Value>

export type ViewerRequest = { method: string; uri: string; querystring: Values; headers: Values; cookies: Values }
export type ViewerReply = { statusCode: number; statusDescription: string; headers: Values; body: { data: string } }

/** What the key-value store holds, which of its keys cannot be read, and the keys that were asked for. */
export type ViewerStore = {
  readonly entries: Record<string, string>
  readonly fails: (key: string) => boolean
  readonly asked: string[]
}

/** A store with these entries that never fails. */
export const storeOf = (entries: Record<string, string>): ViewerStore => ({ entries, fails: () => false, asked: [] })

/**
 * Runs the deployed code of the viewer function, as CloudFront does: its two modules, `Buffer` and the language, nothing
 * else. `now` is milliseconds since 1970. What AWS does not document is as bad as it may be: a missing key and a store
 * that fails throw the same.
 */
export const viewer = (store: ViewerStore, now: () => number) => {
  const read = (key: string): string | undefined => {
    store.asked.push(key)
    if (store.fails(key)) throw new Error('the key cannot be read')
    return store.entries[key]
  }
  const cf = {
    kvs: () => ({
      get: async (key: string) => {
        const found = read(key)
        if (found === undefined) throw new Error('the key cannot be read')
        return found
      },
      exists: async (key: string) => read(key) !== undefined,
    }),
  }
  class FixedDate extends Date {
    static override now = now
  }
  const script = viewerCode().replace(/^import (\w+) from '\w+'$/gm, '')
  const context = vm.createContext({ cf, crypto, Buffer, Date: FixedDate })
  const handler = vm.runInContext(`'use strict';${script}\n;handler`, context) as (event: object) => Promise<object>
  return async (change: Partial<ViewerRequest>): Promise<{ request?: ViewerRequest; reply?: ViewerReply }> => {
    const request = { method: 'GET', uri: '/', querystring: {}, headers: {}, cookies: {}, ...change }
    request.headers = { host: { value: 'ent.example' }, ...request.headers }
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-request', requestId: 'edge-request-id', distributionId: 'EXAMPLE' },
      viewer: { ip: '192.0.2.44' },
      request,
    }
    // Its objects are of another realm: a round trip makes them plain.
    const answer = JSON.parse(JSON.stringify(await handler(event)))
    return 'statusCode' in answer ? { reply: answer } : { request: answer }
  }
}
