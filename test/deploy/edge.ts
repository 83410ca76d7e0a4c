import { randomUUID } from 'node:crypto'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { cookieText, parseCookies, parseQuery, queryText, type ViewerRequest } from '../../lib/local/edge/request.ts'
import { type ViewerFunction, viewerFunction } from '../../lib/local/edge/viewer-function.ts'
import type { Headers } from '../../lib/local/http.ts'
import type { Behaviour, Distribution } from './deployed.ts'
import type { Emulator } from './emulator.ts'

/** What the key-value store at the emulator holds under a key. */
export const keyValues = (emulator: Emulator) => async (store: string, key: string) => {
  const path = `/key-value-stores/${encodeURIComponent(store)}/keys/${encodeURIComponent(key)}`
  const reply = await fetch(emulator.endpoint + path)
  if (reply.status === 404) return undefined
  if (!reply.ok) throw new Error(`the key-value store answered ${reply.status}`)
  return ((await reply.json()) as { Value: string }).Value
}

const viewerRequest = async (request: IncomingMessage): Promise<ViewerRequest> => {
  const [uri = '/', ...query] = (request.url ?? '/').split('?')
  const { cookie = [], ...headers }: Headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, lines]) => [name, lines ?? []]),
  )
  return {
    method: request.method ?? 'GET',
    uri,
    query: parseQuery(query.join('?')),
    headers,
    cookies: parseCookies(cookie),
    body: await buffer(request),
    ip: '127.0.0.1',
  }
}

/** Asks the behaviour's origin at the emulator; what it answers goes to the viewer as it is. */
const forward = (emulator: Emulator, behaviour: Behaviour, request: ViewerRequest, reply: ServerResponse): void => {
  const { origin, forwards } = behaviour
  const uri = origin.bucket !== undefined && request.uri === '/' ? '/index.html' : request.uri
  const cookie = cookieText(request.cookies)
  const { host: _host, connection: _connection, ...sent } = request.headers
  const asked = ask(emulator.endpoint, {
    method: request.method,
    path: (origin.bucket === undefined ? '' : `/${origin.bucket}`) + uri + queryText(request.query),
    headers: {
      ...(forwards && sent),
      ...(forwards && cookie && { cookie }),
      ...origin.headers,
      ...(origin.bucket === undefined && { host: origin.host }),
      ...(request.body.length > 0 && { 'content-length': request.body.length }),
    },
    timeout: 60_000,
  })
  asked.once('response', answer => {
    reply.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(reply)
  })
  asked.once('timeout', () => asked.destroy(new Error('the origin did not answer')))
  asked.once('error', () => reply.headersSent || reply.writeHead(502).end())
  asked.end(request.body)
}

type Serving = { readonly behaviours: readonly Behaviour[]; readonly viewer: ViewerFunction }

const serving = (emulator: Emulator, { code, store, behaviours }: Distribution): Serving => {
  const config = { Runtime: 'cloudfront-js-2.0' as const, KeyValueStoreAssociations: [{ KeyValueStoreARN: store }] }
  const properties = { FunctionCode: code, FunctionConfig: config }
  return { behaviours, viewer: viewerFunction(properties, keyValues(emulator), Date.now) }
}

/**
 * Stands in for CloudFront in front of what is deployed: runs the deployed viewer function with the deployed keys,
 * chooses among the deployed behaviours, adds the deployed secret header, asks the deployed origin. It keeps no copy
 * and applies no policy but "all that the viewer sent" or "nothing": the territory's own edge is proven elsewhere.
 */
export const startEdge = async (emulator: Emulator, deployed: Distribution) => {
  let current = serving(emulator, deployed)
  const answer = async (incoming: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const { behaviours, viewer } = current
    const request = await viewerRequest(incoming)
    const behaviour = behaviours.find(one => one.pattern.test(request.uri))
    if (!behaviour?.methods.includes(request.method)) {
      reply.writeHead(403).end()
      return
    }
    const refused = await viewer(request, randomUUID())
    if (refused) reply.writeHead(refused.status, refused.headers).end(refused.body)
    else forward(emulator, behaviour, request, reply)
  }
  const server = createServer((incoming, reply) => {
    answer(incoming, reply).catch(error => reply.headersSent || reply.writeHead(503).end(String(error)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** From now on, answers as another deploy left the distribution. */
    serve: (next: Distribution): void => {
      current = serving(emulator, next)
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
