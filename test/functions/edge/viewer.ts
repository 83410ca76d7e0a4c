import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

type Value = { value: string; multiValue?: { value: string }[] }
type Values = Record<string, Value>

export type ViewerRequest = { method: string; uri: string; querystring: Values; headers: Values; cookies: Values }
export type ViewerReply = { statusCode: number; statusDescription: string; headers: Values; body: { data: string } }

const source = readFileSync(new URL('../../../functions/edge/viewer.js', import.meta.url), 'utf8')

/**
 * Runs the viewer function itself, as CloudFront does: its two modules, `Buffer` and the language, nothing else.
 * `keys` is what the key-value store holds; `now` is milliseconds since 1970.
 */
export const viewer = (keys: Record<string, string>, now: () => number) => {
  const cf = {
    kvs: () => ({
      get: async (key: string) => {
        const found = keys[key]
        if (found === undefined) throw new Error('KeyNotFound')
        return found
      },
    }),
  }
  class FixedDate extends Date {
    static override now = now
  }
  const script = source.replace(/^import (\w+) from '\w+'$/gm, '')
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
