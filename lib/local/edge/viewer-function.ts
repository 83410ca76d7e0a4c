import { createHash, createHmac } from 'node:crypto'
import vm from 'node:vm'
import type { Headers } from '../http.ts'
import type { FunctionProperties } from './configuration.ts'
import { EdgeFailure } from './failure.ts'
import { isValidHeader } from './header.ts'
import type { ViewerRequest } from './request.ts'

type Value = { value: string; multiValue?: { value: string }[] }
type Values = Record<string, Value>
type EventRequest = { method: string; uri: string; querystring: Values; headers: Values; cookies: Values }
type EventResponse = {
  statusCode: number
  headers?: Values
  cookies?: Record<string, Value & { attributes?: string }>
  body?: string | { encoding: 'text' | 'base64'; data: string }
}
type Handler = (event: object) => Promise<EventRequest | EventResponse>

/** A reply that the function generated. */
export type FunctionReply = { readonly status: number; readonly headers: Headers; readonly body: Buffer }

/** Runs the function for one request, which it may change. @returns the reply it generated, if any. */
export type ViewerFunction = (request: ViewerRequest, requestId: string) => Promise<FunctionReply | undefined>

/** The value of a key in a key-value store. */
export type KeyValues = (storeArn: string, key: string) => Promise<string | undefined> | string | undefined

const digests = ['md5', 'sha1', 'sha256']
const supported = (algorithm: string) => {
  if (!digests.includes(algorithm)) throw new Error(`The runtime's crypto module has no ${algorithm}`)
  return algorithm
}
/** The modules of the runtime cloudfront-js-2.0. */
const modules = (store: (key: string) => Promise<string | undefined>): Record<string, unknown> => ({
  crypto: {
    createHash: (algorithm: string) => createHash(supported(algorithm)),
    createHmac: (algorithm: string, key: string) => createHmac(supported(algorithm), key),
  },
  buffer: { Buffer },
  cloudfront: {
    kvs: () => ({
      get: async (key: string, how?: { format?: string }) => {
        const value = await store(key)
        // AWS documents that it fails, not how: nothing may depend on the message.
        if (value === undefined) throw new Error('the key cannot be read')
        return how?.format === 'json' ? JSON.parse(value) : value
      },
      exists: async (key: string) => (await store(key)) !== undefined,
    }),
  },
})

const toValues = (headers: Headers): Values => {
  const values: Values = {}
  for (const name in headers) {
    const [value = '', ...more] = headers[name] ?? []
    values[name] = more.length > 0 ? { value, multiValue: [value, ...more].map(value => ({ value })) } : { value }
  }
  return values
}
const fromValues = (values: Values = {}): Headers => {
  const headers: Headers = Object.create(null)
  for (const name in values) {
    const { value, multiValue } = values[name] as Value
    headers[name] = multiValue ? multiValue.map(one => String(one.value)) : [String(value)]
  }
  return headers
}
const headersOf = (values: Values | undefined): Headers => {
  const headers: Headers = Object.create(null)
  for (const [name, lines] of Object.entries(fromValues(values))) {
    if (!lines.every(line => isValidHeader(name, line)))
      throw new EdgeFailure(502, `the viewer function sent a bad ${name}`)
    headers[name.toLowerCase()] = lines
  }
  return headers
}

const replyOf = (response: EventResponse): FunctionReply => {
  const { statusCode: status, headers, cookies = {}, body = '' } = response
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new EdgeFailure(502, `the viewer function sent status ${status}`)
  const lines = headersOf(headers)
  for (const [name, { value, attributes }] of Object.entries(cookies)) {
    const line = `${name}=${value}${attributes ? `; ${attributes}` : ''}`
    if (!isValidHeader('set-cookie', line)) throw new EdgeFailure(502, 'the viewer function sent a bad cookie')
    lines['set-cookie'] = [...(lines['set-cookie'] ?? []), line]
  }
  const data =
    typeof body === 'string'
      ? Buffer.from(body)
      : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8')
  return { status, headers: lines, body: data }
}

/**
 * A viewer-request function of the runtime cloudfront-js-2.0, run in a VM context that has JavaScript's globals and the
 * runtime's modules, and nothing of Node. CloudFront's compute limits are not enforced.
 */
export const viewerFunction = (
  { FunctionCode, FunctionConfig }: FunctionProperties,
  keyValues: KeyValues,
  now: () => number,
): ViewerFunction => {
  const [store] = FunctionConfig.KeyValueStoreAssociations ?? []
  const available = modules(async key => (store ? keyValues(store.KeyValueStoreARN, key) : undefined))
  const module = (name: string) => {
    if (!(name in available)) throw new Error(`The viewer function imports an unknown module: ${name}`)
    return available[name]
  }
  const sandbox: Record<string, unknown> = { Buffer, console: { log: () => {} }, require: module, edgeNow: now }
  const code = FunctionCode.replace(
    /^\s*import\s+(\w+)\s+from\s+['"]([\w:]+)['"];?/gm,
    (_, name: string, from: string) => {
      sandbox[name] = module(from)
      return ''
    },
  )
  const context = vm.createContext(sandbox, { codeGeneration: { strings: false, wasm: false } })
  vm.runInContext('{ const now = edgeNow; Date.now = () => now(); delete globalThis.edgeNow }', context)
  const handler = vm.runInContext(`${code}\n;handler`, context, { filename: 'viewer-function.js' }) as Handler

  return async (request, requestId) => {
    const given: EventRequest = {
      method: request.method,
      uri: request.uri,
      querystring: toValues(request.query),
      headers: toValues(request.headers),
      cookies: toValues(request.cookies),
    }
    let answer: EventRequest | EventResponse
    try {
      answer = await handler({
        version: '1.0',
        context: {
          distributionDomainName: 'localhost',
          distributionId: 'LOCAL',
          eventType: 'viewer-request',
          requestId,
        },
        viewer: { ip: request.ip },
        request: given,
      })
    } catch (error) {
      throw new EdgeFailure(503, `the viewer function failed: ${String(error)}`)
    }
    if (answer && 'statusCode' in answer) return replyOf(answer)
    if (!answer || typeof answer.uri !== 'string' || !/^\/[!-~]*$/.test(answer.uri))
      throw new EdgeFailure(502, 'the viewer function returned neither a request nor a response')
    request.uri = answer.uri
    request.query = fromValues(answer.querystring)
    request.headers = headersOf(answer.headers)
    request.cookies = fromValues(answer.cookies)
    return undefined
  }
}
