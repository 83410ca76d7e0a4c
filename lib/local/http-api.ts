import { randomBytes } from 'node:crypto'
import type { LocalFunction } from './account.ts'
import type { Origin, OriginReply, OriginRequest } from './http.ts'
import { httpEvent, httpReply, type Matched, message } from './http-event.ts'
import type { Now } from './now.ts'
import { type Throttle, tokenBucket } from './token-bucket.ts'

/** Bytes of a request's body (API Gateway's quota). */
const largestBody = 10 * 1024 * 1024
/** Bytes of a synchronous invocation's event (Lambda's quota). */
const largestEvent = 6 * 1024 * 1024

export type Integration = {
  readonly fn: LocalFunction
  /** Milliseconds, 30,000 at most. */
  readonly timeout: number
}

/** What the API does instead of answering, as a test causes it: 'down' is that nobody can reach it. */
export type ApiFault = 'down' | 'hangs' | 'throttles'

export type HttpApiSettings = {
  readonly id: string
  readonly account: string
  readonly domain: string
  readonly now: Now
  /** Called for each request with the values of the `$context` variables, if the stage has an access log. */
  readonly access?: (context: Readonly<Record<string, string | number>>) => void
}

type Route = {
  readonly key: string
  readonly method: string
  readonly parts: readonly string[]
  readonly integration: Integration
}

/**
 * The rank of a route for a path, one digit for each part: 2 for a literal part, 1 for a parameter, 0 for a greedy one.
 * The route with the greatest rank is taken. Undefined if the route does not match.
 */
const rankOf = (parts: readonly string[], path: readonly string[]): string | undefined => {
  let rank = ''
  for (const [index, part] of parts.entries()) {
    if (/^\{\w+\+\}$/.test(part)) return path.length > index ? `${rank}0` : undefined
    const given = path[index]
    if (given === undefined) return undefined
    if (part === given) rank += '2'
    else if (/^\{\w+\}$/.test(part) && given !== '') rank += '1'
    else return undefined
  }
  return parts.length === path.length ? rank : undefined
}

const parametersOf = (parts: readonly string[], path: readonly string[]): Record<string, string> => {
  const parameters: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? []
    if (name) parameters[name] = greedy ? path.slice(index).join('/') : (path[index] ?? '')
  }
  return parameters
}

/** An HTTP API that invokes the assembly's functions by its routes. */
export const openHttpApi = ({ id, account, domain, now, access }: HttpApiSettings) => {
  const routes: Route[] = []
  const buckets = new Map<string, () => boolean>()
  let throttles: (key: string) => Throttle | undefined = () => undefined
  let fault: ApiFault | undefined

  const route = (key: string, integration: Integration): void => {
    const [method = '', path = ''] = key.split(' ')
    if (!/^[A-Z]+ \/\S*$/.test(key)) throw new Error(`The HTTP API has a route key that is not supported here: ${key}`)
    if (routes.some(one => one.key === key)) throw new Error(`The HTTP API has two routes ${key}`)
    routes.push({ key, method, parts: path.split('/'), integration })
  }

  const match = (method: string, path: readonly string[]): Route | undefined => {
    let best: { route: Route; rank: string } | undefined
    for (const one of routes) {
      if (one.method !== method && one.method !== 'ANY') continue
      const rank = rankOf(one.parts, path)
      if (rank === undefined) continue
      const full = rank + (one.method === 'ANY' ? '0' : '1')
      if (!best || full > best.rank) best = { route: one, rank: full }
    }
    return best?.route
  }

  /** False if the route has more requests than its stage lets through. */
  const goesOn = ({ key }: Route): boolean => {
    const throttle = throttles(key)
    if (!throttle) return true
    const bucket = buckets.get(key) ?? tokenBucket(throttle, () => Number(now()))
    buckets.set(key, bucket)
    return bucket()
  }

  const invoke = async (request: OriginRequest, { integration }: Route, matched: Matched): Promise<OriginReply> => {
    if (request.body.length > largestBody) return message(413, 'Request Entity Too Large')
    const event = httpEvent(request, matched)
    if (Buffer.byteLength(event.body ?? '') > largestEvent) return message(413, 'Request Entity Too Large')
    const { promise: timeout, resolve } = Promise.withResolvers<'timeout'>()
    const timer = setTimeout(() => resolve('timeout'), integration.timeout)
    const outcome = await Promise.race([integration.fn.invoke(event), timeout])
    clearTimeout(timer)
    if (outcome === 'timeout') return message(503, 'Service Unavailable')
    if (outcome.ok) return httpReply(outcome.payload)
    return outcome.reason === 'throttled' ? message(429, 'Too Many Requests') : message(500, 'Internal Server Error')
  }

  const origin: Origin = async request => {
    if (fault === 'down') throw new Error('A fault caused by a test')
    if (fault === 'hangs') return new Promise(() => {})
    if (fault === 'throttles') return message(429, 'Too Many Requests')
    const startedAt = performance.now()
    const requestId = randomBytes(11).toString('base64url')
    const path = (request.url.split('?')[0] ?? '/').split('/')
    const route = match(request.method, path)
    const routeKey = route?.key ?? '-'
    const pathParameters = route ? parametersOf(route.parts, path) : {}
    const matched: Matched = {
      routeKey,
      pathParameters,
      requestId,
      apiId: id,
      accountId: account,
      domain,
      now: new Date(now()),
    }
    const answer = (found: Route) =>
      goesOn(found) ? invoke(request, found, matched) : message(429, 'Too Many Requests')
    const reply = route ? await answer(route) : message(404, 'Not Found')
    const ms = Math.round(performance.now() - startedAt)
    access?.({
      requestId,
      routeKey,
      status: reply.status,
      responseLatency: ms,
      responseLength: reply.body.length,
      integrationLatency: route ? ms : '-',
      integrationErrorMessage: '-',
      httpMethod: request.method,
    })
    return { ...reply, headers: { ...reply.headers, 'apigw-requestid': [requestId] } }
  }

  return {
    route,
    origin,
    /** What the stage lets through, by route key. */
    throttle: (by: (key: string) => Throttle | undefined): void => {
      throttles = by
    },
    /** Undefined makes it answer again. What hangs by then stays unanswered. */
    disturb: (how: ApiFault | undefined): void => {
      fault = how
    },
  }
}
