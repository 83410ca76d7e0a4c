import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readJson, writeJson } from './json-file.ts'

type Stored = { version: number; keys: Record<string, string> }
type Reply = { readonly status: number; readonly body: object; readonly headers?: Record<string, string> }

/** CloudFront's key-value stores: read by viewer functions, written through the service's REST API. */
export type KeyValueStores = {
  /** The endpoint for the SDK, which prepends the account id of the store's ARN to the host name. */
  readonly endpoint: string
  /** Creates the store unless it exists. */
  readonly store: (arn: string) => void
  readonly get: (arn: string, key: string) => string | undefined
  readonly close: () => Promise<void>
}

/** Bytes of a value (CloudFront's quota). */
const largestValue = 1024

const refuse = (status: number, type: string, message: string): Reply => ({
  status,
  body: { Message: message },
  headers: { 'x-amzn-errortype': type },
})

const etag = ({ version }: Stored) => `E${version}`

const describe = (arn: string, stored: Stored) => {
  const values = Object.entries(stored.keys)
  const bytes = values.reduce((sum, [key, value]) => sum + Buffer.byteLength(key + value), 0)
  return { KvsARN: arn, ItemCount: values.length, TotalSizeInBytes: bytes, Status: 'READY', Created: 0 }
}

/** Opens the stores that are persisted in `file`. */
export const openKeyValueStores = async (file: string): Promise<KeyValueStores> => {
  const stores = readJson<Record<string, Stored>>(file, {})

  const update = (arn: string, stored: Stored, puts: [string, string][], deletes: string[], match: unknown): Reply => {
    if (match !== etag(stored)) return refuse(409, 'ConflictException', 'The If-Match version does not match')
    if (puts.some(([, value]) => Buffer.byteLength(value) > largestValue))
      return refuse(400, 'ValidationException', `A value exceeds ${largestValue} bytes`)
    for (const key of deletes) delete stored.keys[key]
    Object.assign(stored.keys, Object.fromEntries(puts))
    stored.version++
    writeJson(file, stores)
    return { status: 200, body: describe(arn, stored), headers: { etag: etag(stored) } }
  }

  type Update = {
    readonly Puts?: readonly { Key: string; Value: string }[]
    readonly Deletes?: readonly { Key: string }[]
  }
  const dispatch = (method: string, path: string, match: unknown, body: string): Reply => {
    const [, arn = '', keys, name] = /^\/key-value-stores\/([^/]+)(?:\/(keys)(?:\/([^/]+))?)?$/.exec(path) ?? []
    const id = decodeURIComponent(arn)
    const stored = stores[id]
    if (!stored) return refuse(404, 'ResourceNotFoundException', 'There is no such key-value store')
    const operation = `${method}${keys ? ' keys' : ''}${name ? ' one' : ''}`
    const key = decodeURIComponent(name ?? '')
    if (operation === 'GET') return { status: 200, body: describe(id, stored), headers: { etag: etag(stored) } }
    if (operation === 'GET keys')
      return { status: 200, body: { Items: Object.entries(stored.keys).map(([Key, Value]) => ({ Key, Value })) } }
    if (operation === 'GET keys one') {
      const Value = stored.keys[key]
      if (Value === undefined) return refuse(404, 'ResourceNotFoundException', 'There is no such key')
      return { status: 200, body: { ...describe(id, stored), Key: key, Value } }
    }
    const given = (body ? JSON.parse(body) : {}) as Update & { readonly Value?: string }
    if (operation === 'PUT keys one') return update(id, stored, [[key, given.Value ?? '']], [], match)
    if (operation === 'DELETE keys one') return update(id, stored, [], [key], match)
    if (operation !== 'POST keys') return refuse(400, 'ValidationException', 'Not an operation of the data plane')
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
    const { status, body, headers } = dispatch(request.method ?? '', path, match, Buffer.concat(parts).toString())
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
      writeJson(file, stores)
    },
    get: (arn, key) => stores[arn]?.keys[key],
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
