import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod/mini'
import type { Origin } from '../http.ts'
import { type Answer, failurePage, linesOf } from './answer.ts'
import { type Behaviour, behavioursOf, matcher } from './behaviour.ts'
import {
  cachePolicyProperties,
  distributionProperties,
  functionProperties,
  originRequestPolicyProperties,
  responseHeadersPolicyProperties,
} from './configuration.ts'
import { type Count, counted, nothingYet } from './counts.ts'
import { exchangeOf } from './exchange.ts'
import { EdgeFailure } from './failure.ts'
import { freshnessOf } from './freshness.ts'
import { managedCachePolicies, managedOriginRequestPolicies } from './managed.ts'
import { receive, reply, replyMalformed } from './receive.ts'
import type { ViewerRequest } from './request.ts'
import { withPolicy } from './response-headers.ts'
import { Store } from './store.ts'
import { type KeyValues, viewerFunction } from './viewer-function.ts'

/** Resolved `Properties` of the assembly's resources, by what a reference to them resolves to. */
type Resources = Readonly<Record<string, unknown>>

export type EdgeOptions = {
  /** Of the loopback; 0 takes a free one. */
  readonly port: number
  /** Resolved `Properties` of the AWS::CloudFront::Distribution. */
  readonly distribution: unknown
  /** By id. */
  readonly cachePolicies: Resources
  readonly originRequestPolicies: Resources
  readonly responseHeadersPolicies: Resources
  /** AWS::CloudFront::Function, by ARN. */
  readonly functions: Resources
  /** What stands behind an origin of the distribution, by its id. */
  readonly originOf: (originId: string) => Origin
  readonly keyValues: KeyValues
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Bytes of copies kept. */
  readonly capacity?: number
  readonly onRequest?: (seen: Seen) => void
}

/** One request, for logs and metrics. */
export type Seen = {
  readonly behaviour: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly result: Answer['result']
  readonly milliseconds: number
  readonly bytes: number
  /** Why the edge or the origin failed. */
  readonly cause?: string | undefined
}

export type Edge = {
  readonly port: number
  readonly url: string
  /** What happened, by path pattern. */
  readonly counts: () => Readonly<Record<string, Count>>
  readonly close: () => Promise<void>
}

const lookedUp = <Parsed>(kind: string, resources: Resources, parse: (properties: unknown) => Parsed) => {
  return (id: string): Parsed => {
    if (!(id in resources)) throw new Error(`The distribution names a ${kind} unknown here: ${id}`)
    return parse(resources[id])
  }
}

/** The behaviours of a distribution whose policies are the template's own or AWS's. */
const configured = (options: EdgeOptions, now: () => number): readonly Behaviour[] => {
  const cachePolicy = lookedUp(
    'cache policy',
    options.cachePolicies,
    properties => z.parse(cachePolicyProperties, properties).CachePolicyConfig,
  )
  const originRequestPolicy = lookedUp(
    'origin request policy',
    options.originRequestPolicies,
    properties => z.parse(originRequestPolicyProperties, properties).OriginRequestPolicyConfig,
  )
  const viewers = new Map<string, ReturnType<typeof viewerFunction>>()
  const viewer = lookedUp('function', options.functions, properties =>
    viewerFunction(z.parse(functionProperties, properties), options.keyValues, now),
  )
  return behavioursOf(z.parse(distributionProperties, options.distribution).DistributionConfig, {
    cachePolicy: id => managedCachePolicies[id] ?? cachePolicy(id),
    originRequestPolicy: id => managedOriginRequestPolicies[id] ?? originRequestPolicy(id),
    responseHeadersPolicy: lookedUp(
      'response headers policy',
      options.responseHeadersPolicies,
      properties => z.parse(responseHeadersPolicyProperties, properties).ResponseHeadersPolicyConfig,
    ),
    viewer: arn => {
      const known = viewers.get(arn) ?? viewer(arn)
      viewers.set(arn, known)
      return known
    },
  })
}

const failed = (error: unknown, dress: ReturnType<typeof withPolicy>): Answer => {
  const status = error instanceof EdgeFailure ? error.status : 500
  const { headers, body } = failurePage(status)
  return { result: 'Error', status, lines: linesOf(dress(headers)), body, cause: String(error) }
}

/**
 * Serves plain HTTP on the loopback as CloudFront would serve the distribution: docs/decisions/0011 says what is alike
 * and what is not. Rejects if the distribution has a setting the local edge does not know, or if the port is taken.
 */
export const startEdge = async (options: EdgeOptions): Promise<Edge> => {
  const now = options.now ?? Date.now
  const store = new Store(options.capacity ?? 128_000_000)
  const freshness = freshnessOf(now)
  const started = randomBytes(12).toString('base64url')
  const via = `1.1 ${started.toLowerCase()}.cloudfront.net (CloudFront)`
  const behaviours = configured(options, now)
  const { DefaultRootObject: rootObject } = z.parse(distributionProperties, options.distribution).DistributionConfig
  const counts: Record<string, Count> = {}
  const served = new Map(
    behaviours.map(behaviour => {
      const count = nothingYet()
      counts[behaviour.pattern] = count
      const origin = options.originOf(behaviour.origin.Id)
      const exchange = exchangeOf(behaviour, { store, freshness, origin, via, count })
      return [behaviour, { count, exchange, dress: withPolicy(behaviour.responseHeaders) }]
    }),
  )
  const match = matcher(behaviours)
  const of = (behaviour: Behaviour) => served.get(behaviour) as NonNullable<ReturnType<typeof served.get>>

  /** The page the distribution shows instead of an error, if it states one. */
  const withErrorPage = async (behaviour: Behaviour, request: ViewerRequest, answer: Answer, id: string) => {
    const stated = behaviour.errors.get(answer.status)
    if (!stated?.ResponsePagePath) return answer
    const asked = { ...request, method: 'GET', uri: stated.ResponsePagePath, query: {}, body: Buffer.alloc(0) }
    const page = await of(match(asked.uri)).exchange(asked, id)
    if (page.status !== 200) return answer
    return { ...answer, status: stated.ResponseCode ?? answer.status, lines: page.lines, body: page.body }
  }

  const answered = async (behaviour: Behaviour, request: ViewerRequest, id: string): Promise<Answer> => {
    const { exchange, dress } = of(behaviour)
    if (!behaviour.allowedMethods.has(request.method)) throw new EdgeFailure(403, `${request.method} is not allowed`)
    const made = await behaviour.viewer?.(request, id)
    if (made) return { ...made, result: 'FunctionGeneratedResponse', lines: linesOf(dress(made.headers)) }
    if (request.uri === '/' && rootObject) request.uri = `/${rootObject}`
    const answer = await exchange(request, id)
    return answer.status >= 400 ? withErrorPage(behaviour, request, answer, id) : answer
  }

  let last = 0
  const nextId = () => `${started}${(last++).toString(36)}`
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const begun = performance.now()
    const id = nextId()
    const path = (message.url ?? '').split('?', 1)[0] ?? ''
    const behaviour = match(path)
    const { count, dress } = of(behaviour)
    count.requests++
    let answer: Answer
    try {
      answer = await answered(behaviour, await receive(message), id)
    } catch (error) {
      answer = failed(error, dress)
      // What remains of a request that was not read would be taken for the next one.
      if (!message.complete) response.shouldKeepAlive = false
    }
    if (response.destroyed) return
    const bytes = reply(message, response, answer, { id, via })
    counted(count, answer, bytes)
    const { status, result, cause } = answer
    const milliseconds = performance.now() - begun
    options.onRequest?.({
      behaviour: behaviour.pattern,
      method: message.method ?? '',
      path,
      status,
      result,
      milliseconds,
      bytes,
      cause,
    })
  }

  const server = createServer({ maxHeaderSize: 32_768, keepAliveTimeout: 65_000 }, (message, response) => {
    void handle(message, response)
  })
  server.on('clientError', (error, socket) => replyMalformed(error, socket, { id: nextId(), via }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://localhost:${port}`,
    counts: () => counts,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
