import '@aws-sdk/signature-v4a'
import { Readable } from 'node:stream'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { refusalOf } from '../../../lib/local/key-value-quotas.ts'

export const storeArn = 'arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555'

type Asked = {
  method: string
  path: string
  query?: Record<string, string>
  headers: Record<string, string>
  body?: string | Uint8Array
}

/**
 * CloudFront's key-value store behind the real client: its REST protocol, pages, quotas, ETags, its refusal of a stale one.
 * `interfere` runs before each update, as another writer would.
 */
export const edgeStore = () => {
  const held = new Map<string, string>([['closure', 'off']])
  const state = { version: 1, updates: 0, interfere: () => {}, held }
  const answer = (statusCode: number, body: object, headers = {}) => ({
    response: {
      statusCode,
      headers: { 'content-type': 'application/json', ...headers },
      body: Readable.from([JSON.stringify(body)]),
    },
  })
  const handle = async ({ method, path, query = {}, headers, body }: Asked) => {
    if (!headers.authorization?.startsWith('AWS4-ECDSA-P256-SHA256')) return answer(403, {})
    if (!decodeURIComponent(path).includes(storeArn)) return answer(404, {})
    const etag = `E${state.version}`
    if (method === 'GET' && path.endsWith('/keys')) {
      const [from, most] = [Number(query.NextToken ?? 0), Number(query.MaxResults ?? 10)]
      const Items = [...held].slice(from, from + most).map(([Key, Value]) => ({ Key, Value }))
      return answer(200, { Items, ...(from + most < held.size && { NextToken: String(from + most) }) })
    }
    if (method === 'GET') return answer(200, { KvsARN: storeArn, Status: 'READY' }, { etag })
    state.interfere()
    if (headers['if-match'] !== `E${state.version}`)
      return answer(409, { Message: 'stale' }, { 'x-amzn-errortype': 'ConflictException' })
    const { Puts = [], Deletes = [] } = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
    const puts = Puts.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value])
    const refusal = refusalOf(Object.fromEntries(held), {
      puts,
      deletes: Deletes.map((one: { Key: string }) => one.Key),
    })
    if (refusal) return answer(refusal.status, { Message: refusal.message }, { 'x-amzn-errortype': refusal.type })
    for (const { Key, Value } of Puts) held.set(Key, Value)
    for (const { Key } of Deletes) held.delete(Key)
    state.version++
    state.updates++
    return answer(200, {}, { etag: `E${state.version}` })
  }
  const client = new CloudFrontKeyValueStoreClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: { handle: handle as never },
    maxAttempts: 1,
  })
  return { client, state }
}
