import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod/mini'
import type { Origin } from '../http.ts'
import type { Now } from '../now.ts'
import { type Answer, failurePage, linesOf } from './answer.ts'
import { type Behaviour, behavioursOf, matcher } from './behaviour.ts'
import {
  cachePolicyProperties,
  distributionProperties,
  functionProperties,
  originRequestPolicyProperties,
  responseHeadersPolicyProperties,
} from './configuration.ts'
import { type Count, countAnswer, zeroCount } from './counts.ts'
import { exchangeOf } from './exchange.ts'
import { EdgeFailure } from './failure.ts'
import { freshnessOf } from './freshness.ts'
import { managedCachePolicies, managedOriginRequestPolicies } from './managed.ts'
import { receive, reply, replyMalformed } from './receive.ts'
import type { ViewerRequest } from './request.ts'
import { headersPolicy } from './response-headers.ts'
import { Store } from './store.ts'
import { type KeyValues, viewerFunction } from './viewer-function.ts'

/** Resolved `Properties` of the assembly's resources, by Ref. */
type Resources = Readonly<Record<string, unknown>>

export type EdgeOptions = {
  /** The port on the loopback interface; 0 takes a free one. */
  readonly port: number
  /** Resolved `Properties` of the AWS::CloudFront::Distribution. */
  readonly distribution: unknown
  /** By id. */
  readonly cachePolicies: Resources
  readonly originRequestPolicies: Resources
  readonly responseHeadersPolicies: Resources
  /** AWS::CloudFront::Function, by ARN. */
  readonly functions: Resources
  /** The origin with this id in the distribution. */
  readonly originOf: (originId: string) => Origin
  readonly keyValues: KeyValues
  readonly now?: Now | undefined
  /** The cache's size in bytes. */
  readonly capacity?: number
  /** Milliseconds within which a viewer must have sent a whole request; absent: {@link defaultPatience}. */
  readonly patience?: number | undefined
  /** Called when a request was answered. */
  readonly onRequest?: (request: AnsweredRequest) => void
}

/** A request that was answered, for logs and metrics. */
export type AnsweredRequest = {
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
  /** Counts by path pattern. */
  readonly counts: () => Readonly<Record<string, Count>>
  /** Resolves once nothing is being fetched from an origin, also not behind an answer that was given. */
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}

const lookup = <Parsed>(kind: string, resources: Resources, parse: (properties: unknown) => Parsed) => {
  return (id: string): Parsed => {
    if (!(id in resources)) throw new Error(`The distribution refers to an unknown ${kind}: ${id}`)
    return parse(resources[id])
  }
}

/** The behaviours of the distribution, with the template's policies and AWS's managed ones. */
const readBehaviours = (options: EdgeOptions, now: Now): readonly Behaviour[] => {
  const cachePolicy = lookup(
    'cache policy',
    options.cachePolicies,
    properties => z.parse(cachePolicyProperties, properties).CachePolicyConfig,
  )
  const originRequestPolicy = lookup(
    'origin request policy',
    options.originRequestPolicies,
    properties => z.parse(originRequestPolicyProperties, properties).OriginRequestPolicyConfig,
  )
  const viewers = new Map<string, ReturnType<typeof viewerFunction>>()
  const viewer = lookup('function', options.functions, properties =>
    viewerFunction(z.parse(functionProperties, properties), options.keyValues, now),
  )
  return behavioursOf(z.parse(distributionProperties, options.distribution).DistributionConfig, {
    cachePolicy: id => managedCachePolicies[id] ?? cachePolicy(id),
    originRequestPolicy: id => managedOriginRequestPolicies[id] ?? originRequestPolicy(id),
    responseHeadersPolicy: lookup(
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

const failureAnswer = (error: unknown, applyHeaders: ReturnType<typeof headersPolicy>): Answer => {
  const status = error instanceof EdgeFailure ? error.status : 500
  const { headers, body } = failurePage(status)
  return { result: 'Error', status, lines: linesOf(applyHeaders(headers)), body, cause: String(error) }
}

/** CloudFront's limits: bytes of a request's headers, and milliseconds that an idle connection is kept open. */
const serverOptions = { maxHeaderSize: 32_768, keepAliveTimeout: 65_000 }
/** Milliseconds for a whole request. Node's own limits are five minutes, looked after twice a minute. */
const defaultPatience = 60_000
/** Bytes of cached copies, unless the options set another limit. */
const defaultCapacity = 128_000_000

/**
 * Serves plain HTTP on the loopback interface as CloudFront serves the distribution; docs/decisions/0011 lists the
 * differences. Rejects if the distribution has a setting that the local edge does not implement, or if the port is in
 * use.
 */
export const startEdge = async (options: EdgeOptions): Promise<Edge> => {
  const now = options.now ?? Date.now
  const store = new Store(options.capacity ?? defaultCapacity)
  const freshness = freshnessOf(now)
  const edgeId = randomBytes(12).toString('base64url')
  const via = `1.1 ${edgeId.toLowerCase()}.cloudfront.net (CloudFront)`
  const behaviours = readBehaviours(options, now)
  const { DefaultRootObject: rootObject } = z.parse(distributionProperties, options.distribution).DistributionConfig
  const counts: Record<string, Count> = {}
  const fetches = new Set<Promise<unknown>>()
  const handlers = new Map(
    behaviours.map(behaviour => {
      const count = zeroCount()
      counts[behaviour.pattern] = count
      const origin = options.originOf(behaviour.origin.Id)
      const exchange = exchangeOf(behaviour, { store, freshness, origin, via, count, fetches, now })
      return [behaviour, { count, exchange, applyHeaders: headersPolicy(behaviour.responseHeaders) }]
    }),
  )
  const match = matcher(behaviours)
  const handlerOf = (behaviour: Behaviour) => handlers.get(behaviour) as NonNullable<ReturnType<typeof handlers.get>>

  /** The answer with the distribution's custom error page in place of the origin's, if it has one for this status. */
  const withErrorPage = async (behaviour: Behaviour, request: ViewerRequest, answer: Answer, id: string) => {
    const stated = behaviour.errors.get(answer.status)
    if (!stated?.ResponsePagePath) return answer
    const pageRequest = { ...request, method: 'GET', uri: stated.ResponsePagePath, query: {}, body: Buffer.alloc(0) }
    const page = await handlerOf(match(pageRequest.uri)).exchange(pageRequest, id)
    if (page.status !== 200) return answer
    return { ...answer, status: stated.ResponseCode ?? answer.status, lines: page.lines, body: page.body }
  }

  const answerOf = async (behaviour: Behaviour, request: ViewerRequest, id: string): Promise<Answer> => {
    const { exchange, applyHeaders } = handlerOf(behaviour)
    if (!behaviour.allowedMethods.has(request.method)) throw new EdgeFailure(403, `${request.method} is not allowed`)
    const generated = await behaviour.viewer?.(request, id)
    if (generated)
      return { ...generated, result: 'FunctionGeneratedResponse', lines: linesOf(applyHeaders(generated.headers)) }
    if (request.uri === '/' && rootObject) request.uri = `/${rootObject}`
    const answer = await exchange(request, id)
    return answer.status >= 400 ? withErrorPage(behaviour, request, answer, id) : answer
  }

  let requests = 0
  const nextId = () => `${edgeId}${(requests++).toString(36)}`
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now()
    const id = nextId()
    const path = (message.url ?? '').split('?', 1)[0] ?? ''
    const behaviour = match(path)
    const { count, applyHeaders } = handlerOf(behaviour)
    count.requests++
    let answer: Answer
    try {
      answer = await answerOf(behaviour, await receive(message), id)
    } catch (error) {
      answer = failureAnswer(error, applyHeaders)
      // Close the connection if the request was not read to its end: the rest would be parsed as the next request.
      if (!message.complete) response.shouldKeepAlive = false
    }
    if (response.destroyed) return
    const bytes = reply(message, response, answer, { id, via, now })
    countAnswer(count, answer, bytes)
    const { status, result, cause } = answer
    const milliseconds = performance.now() - startedAt
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

  const { patience = defaultPatience } = options
  const limits = { requestTimeout: patience, headersTimeout: patience, connectionsCheckingInterval: patience / 4 }
  const server = createServer({ ...serverOptions, ...limits }, (message, response) => {
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
    idle: async () => {
      while (fetches.size > 0) await Promise.allSettled(fetches)
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
