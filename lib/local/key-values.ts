import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keep, readKept } from './kept.ts'

type Stored = { version: number; keys: Record<string, string> }
type Answer = { readonly status: number; readonly body: object; readonly headers?: Record<string, string> }

/** CloudFront's key-value stores: read by viewer functions, written through the service's own REST protocol. */
export type KeyValueStores = {
  /** Its address for the SDK, which puts the account of the store's ARN before it. */
  readonly endpoint: string
  /** A store, made if it is not there. */
  readonly store: (arn: string) => void
  readonly get: (arn: string, key: string) => string | undefined
  readonly close: () => Promise<void>
}

/** CloudFront's quota for a value. */
const largestValue = 1024

const refuse = (status: number, type: string, message: string): Answer => ({
  status,
  body: { Message: message },
  headers: { 'x-amzn-errortype': type },
})

const etag = ({ version }: Stored) => `E${version}`

const described = (arn: string, stored: Stored) => {
  const values = Object.entries(stored.keys)
  const bytes = values.reduce((sum, [key, value]) => sum + Buffer.byteLength(key + value), 0)
  return { KvsARN: arn, ItemCount: values.length, TotalSizeInBytes: bytes, Status: 'READY', Created: 0 }
}

/** Opens the stores kept in `file`. */
export const openKeyValueStores = async (file: string): Promise<KeyValueStores> => {
  const stores = readKept<Record<string, Stored>>(file, {})

  const update = (arn: string, stored: Stored, puts: [string, string][], deletes: string[], match: unknown): Answer => {
    if (match !== etag(stored)) return refuse(409, 'ConflictException', 'The If-Match version does not match')
    if (puts.some(([, value]) => Buffer.byteLength(value) > largestValue))
      return refuse(400, 'ValidationException', `A value exceeds ${largestValue} bytes`)
    for (const key of deletes) delete stored.keys[key]
    Object.assign(stored.keys, Object.fromEntries(puts))
    stored.version++
    keep(file, stores)
    return { status: 200, body: described(arn, stored), headers: { etag: etag(stored) } }
  }

  type Update = {
    readonly Puts?: readonly { Key: string; Value: string }[]
    readonly Deletes?: readonly { Key: string }[]
  }
  const answer = (method: string, path: string, match: unknown, body: string): Answer => {
    const [, arn = '', keys, name] = /^\/key-value-stores\/([^/]+)(?:\/(keys)(?:\/([^/]+))?)?$/.exec(path) ?? []
    const id = decodeURIComponent(arn)
    const stored = stores[id]
    if (!stored) return refuse(404, 'ResourceNotFoundException', 'There is no such key-value store')
    const asked = `${method}${keys ? ' keys' : ''}${name ? ' one' : ''}`
    const key = decodeURIComponent(name ?? '')
    if (asked === 'GET') return { status: 200, body: described(id, stored), headers: { etag: etag(stored) } }
    if (asked === 'GET keys')
      return { status: 200, body: { Items: Object.entries(stored.keys).map(([Key, Value]) => ({ Key, Value })) } }
    if (asked === 'GET keys one') {
      const Value = stored.keys[key]
      if (Value === undefined) return refuse(404, 'ResourceNotFoundException', 'There is no such key')
      return { status: 200, body: { ...described(id, stored), Key: key, Value } }
    }
    const given = (body ? JSON.parse(body) : {}) as Update & { readonly Value?: string }
    if (asked === 'PUT keys one') return update(id, stored, [[key, given.Value ?? '']], [], match)
    if (asked === 'DELETE keys one') return update(id, stored, [], [key], match)
    if (asked !== 'POST keys') return refuse(400, 'ValidationException', 'Not an operation of the data plane')
    const puts = (given.Puts ?? []).map(({ Key, Value }): [string, string] => [Key, Value])
    return update(
      id,
      stored,
      puts,
      (given.Deletes ?? []).map(({ Key }) => Key),
      match,
    )
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const match = request.headers['if-match']
    const { status, body, headers } = answer(request.method ?? '', path, match, Buffer.concat(parts).toString())
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    endpoint: `http://localhost:${port}`,
    store: arn => {
      stores[arn] ??= { version: 1, keys: {} }
      keep(file, stores)
    },
    get: (arn, key) => stores[arn]?.keys[key],
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
