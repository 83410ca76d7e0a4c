import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readJson, writeJson } from './json-file.ts'
import { type Changes, type Refusal, refusalOf, sizeOf } from './key-value-quotas.ts'
import type { Now } from './now.ts'

type Stored = { version: number; keys: Record<string, string> }
type Reply = { readonly status: number; readonly body: object; readonly headers?: Record<string, string> }

/** How the stores behave, so that tests can make them slow or fail. */
export type StoreBehaviour = {
  /** Milliseconds after an update until viewer functions see it: the service spreads it "within a few seconds". */
  readonly spreadMs: number
  readonly readsFail: boolean
  readonly writesFail: boolean
}

/** CloudFront's key-value stores: read by viewer functions, written through the service's REST API. */
export type KeyValueStores = {
  /** The endpoint for the SDK, which prepends the account id of the store's ARN to the host name. */
  readonly endpoint: string
  /** Creates the store unless it exists. */
  readonly store: (arn: string) => void
  /** The value as viewer functions see it. Throws while reads fail. */
  readonly get: (arn: string, key: string) => string | undefined
  /** How often viewer functions have read a value. */
  readonly reads: () => number
  /** Changes how the stores behave from now on. */
  readonly behave: (change: Partial<StoreBehaviour>) => void
  readonly close: () => Promise<void>
}

export type KeyValueOptions = {
  readonly now?: Now | undefined
  readonly behaviour?: Partial<StoreBehaviour>
}

const refuse = ({ status, type, message }: Refusal): Reply => ({
  status,
  body: { Message: message },
  headers: { 'x-amzn-errortype': type },
})
const notFound = (message: string) => refuse({ status: 404, type: 'ResourceNotFoundException', message })
const invalid = (message: string) => refuse({ status: 400, type: 'ValidationException', message })

const etag = ({ version }: Stored) => `E${version}`

const describe = (arn: string, { keys }: Stored) => ({
  KvsARN: arn,
  ItemCount: Object.keys(keys).length,
  TotalSizeInBytes: sizeOf(keys),
  Status: 'READY',
  Created: 0,
})

/** A page of the keys, from the one whose place is the token (API reference, ListKeys: 10 by default, 50 at most). */
const pageOf = ({ keys }: Stored, query: URLSearchParams): Reply => {
  const most = Number(query.get('MaxResults') ?? 10)
  if (!Number.isInteger(most) || most < 1 || most > 50) return invalid('MaxResults is 1 to 50')
  const from = Number(query.get('NextToken') ?? 0)
  const all = Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))
  const Items = all.slice(from, from + most).map(([Key, Value]) => ({ Key, Value }))
  return { status: 200, body: { Items, ...(from + most < all.length && { NextToken: String(from + most) }) } }
}

const apply = (keys: Record<string, string>, { puts, deletes }: Changes): void => {
  Object.assign(keys, Object.fromEntries(puts))
  for (const key of deletes) delete keys[key]
}

/** What viewer functions see of the stores: each update some time after it was made. */
const openCopies = (now: Now) => {
  const copies = new Map<string, { keys: Record<string, string>; coming: { at: number; changes: Changes }[] }>()
  return {
    begin: (arn: string, keys: Readonly<Record<string, string>>) => copies.set(arn, { keys: { ...keys }, coming: [] }),
    spread: (arn: string, changes: Changes, after: number) =>
      copies.get(arn)?.coming.push({ at: now() + after, changes }),
    get: (arn: string, key: string): string | undefined => {
      const copy = copies.get(arn)
      if (!copy) return undefined
      for (let [next] = copy.coming; next && next.at <= now(); [next] = copy.coming) {
        apply(copy.keys, next.changes)
        copy.coming.shift()
      }
      return copy.keys[key]
    },
  }
}

/** Opens the stores that are persisted in `file`. */
export const openKeyValueStores = async (
  file: string,
  { now = Date.now, behaviour: given = {} }: KeyValueOptions = {},
): Promise<KeyValueStores> => {
  const stores = readJson<Record<string, Stored>>(file, {})
  const copies = openCopies(now)
  for (const [arn, { keys }] of Object.entries(stores)) copies.begin(arn, keys)
  let reads = 0
  let behaviour: StoreBehaviour = { spreadMs: 0, readsFail: false, writesFail: false, ...given }

  const update = (arn: string, stored: Stored, changes: Changes, match: unknown): Reply => {
    if (behaviour.writesFail) return refuse({ status: 500, type: 'InternalServerException', message: 'Failing' })
    if (match === undefined) return invalid('If-Match is required')
    if (match !== etag(stored))
      return refuse({ status: 409, type: 'ConflictException', message: 'The If-Match version does not match' })
    const refusal = refusalOf(stored.keys, changes)
    if (refusal) return refuse(refusal)
    apply(stored.keys, changes)
    stored.version++
    copies.spread(arn, changes, behaviour.spreadMs)
    writeJson(file, stores)
    return { status: 200, body: describe(arn, stored), headers: { etag: etag(stored) } }
  }

  type Update = {
    readonly Puts?: readonly { Key: string; Value: string }[]
    readonly Deletes?: readonly { Key: string }[]
    readonly Value?: string
  }
  const dispatch = (method: string, url: string, match: unknown, body: string): Reply => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const [, arn = '', keys, name] = /^\/key-value-stores\/([^/]+)(?:\/(keys)(?:\/([^/]+))?)?$/.exec(pathname) ?? []
    const id = decodeURIComponent(arn)
    const stored = stores[id]
    if (!stored) return notFound('There is no such key-value store')
    const operation = `${method}${keys ? ' keys' : ''}${name ? ' one' : ''}`
    const key = decodeURIComponent(name ?? '')
    if (operation === 'GET') return { status: 200, body: describe(id, stored), headers: { etag: etag(stored) } }
    if (operation === 'GET keys') return pageOf(stored, searchParams)
    if (operation === 'GET keys one') {
      const Value = stored.keys[key]
      if (Value === undefined) return notFound('There is no such key')
      return { status: 200, body: { ...describe(id, stored), Key: key, Value } }
    }
    const given: Update = body ? JSON.parse(body) : {}
    if (operation === 'PUT keys one')
      return update(id, stored, { puts: [[key, given.Value ?? '']], deletes: [] }, match)
    if (operation === 'DELETE keys one') return update(id, stored, { puts: [], deletes: [key] }, match)
    if (operation !== 'POST keys') return invalid('Not an operation of the data plane')
    const puts = (given.Puts ?? []).map(({ Key, Value }): [string, string] => [Key, Value])
    return update(id, stored, { puts, deletes: (given.Deletes ?? []).map(({ Key }) => Key) }, match)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { method = '', url = '', headers: sent } = request
    const { status, body, headers } = dispatch(method, url, sent['if-match'], Buffer.concat(parts).toString())
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
      if (stores[arn]) return
      stores[arn] = { version: 1, keys: {} }
      copies.begin(arn, {})
      writeJson(file, stores)
    },
    get: (arn, key) => {
      reads++
      if (behaviour.readsFail) throw new Error('the key-value store fails')
      return copies.get(arn, key)
    },
    reads: () => reads,
    behave: change => {
      behaviour = { ...behaviour, ...change }
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
