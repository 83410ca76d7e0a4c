import { randomBytes } from 'node:crypto'
import type { LocalFunction } from './account.ts'
import type { Origin, OriginReply, OriginRequest } from './http.ts'
import { httpEvent, httpReply, type Matched, message } from './http-event.ts'

/** 10 MB, and 6 MB for what a function is given at a time (API Gateway and Lambda quotas). */
const largestBody = 10 * 1024 * 1024
const largestEvent = 6 * 1024 * 1024

export type Integration = {
  readonly fn: LocalFunction
  /** Milliseconds, 30,000 at most. */
  readonly timeout: number
}

export type HttpApiSettings = {
  readonly id: string
  readonly account: string
  readonly domain: string
  readonly now: () => Date
  /** Writes a line of the access log, if the stage has one; by `$context` variable. */
  readonly access?: (context: Readonly<Record<string, string | number>>) => void
}

type Route = {
  readonly key: string
  readonly method: string
  readonly parts: readonly string[]
  readonly integration: Integration
}

/** How exactly a route names a path: a literal part before a parameter, a parameter before a greedy one; undefined if not at all. */
const exactness = (parts: readonly string[], path: readonly string[]): string | undefined => {
  let rank = ''
  for (const [place, part] of parts.entries()) {
    if (/^\{\w+\+\}$/.test(part)) return path.length > place ? `${rank}0` : undefined
    const given = path[place]
    if (given === undefined) return undefined
    if (part === given) rank += '2'
    else if (/^\{\w+\}$/.test(part) && given !== '') rank += '1'
    else return undefined
  }
  return parts.length === path.length ? rank : undefined
}

const parametersOf = (parts: readonly string[], path: readonly string[]): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const [place, part] of parts.entries()) {
    const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? []
    if (name) found[name] = greedy ? path.slice(place).join('/') : (path[place] ?? '')
  }
  return found
}

/** An HTTP API: routes of an assembly in front of its functions. */
export const openHttpApi = ({ id, account, domain, now, access }: HttpApiSettings) => {
  const routes: Route[] = []

  const route = (key: string, integration: Integration): void => {
    const [method = '', path = ''] = key.split(' ')
    if (!/^[A-Z]+ \/\S*$/.test(key)) throw new Error(`The HTTP API has a route of a form not known here: ${key}`)
    if (routes.some(one => one.key === key)) throw new Error(`The HTTP API has two routes ${key}`)
    routes.push({ key, method, parts: path.split('/'), integration })
  }

  const match = (method: string, path: readonly string[]): Route | undefined => {
    let best: { route: Route; rank: string } | undefined
    for (const one of routes) {
      if (one.method !== method && one.method !== 'ANY') continue
      const rank = exactness(one.parts, path)
      if (rank === undefined) continue
      const full = rank + (one.method === 'ANY' ? '0' : '1')
      if (!best || full > best.rank) best = { route: one, rank: full }
    }
    return best?.route
  }

  const asked = async (request: OriginRequest, { integration }: Route, matched: Matched): Promise<OriginReply> => {
    if (request.body.length > largestBody) return message(413, 'Request Entity Too Large')
    const event = httpEvent(request, matched)
    if (Buffer.byteLength(event.body ?? '') > largestEvent) return message(413, 'Request Entity Too Large')
    const { promise: late, resolve } = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => resolve('late'), integration.timeout)
    const outcome = await Promise.race([integration.fn.invoke(event), late])
    clearTimeout(timer)
    if (outcome === 'late') return message(503, 'Service Unavailable')
    if (outcome.ok) return httpReply(outcome.payload)
    return outcome.reason === 'throttled' ? message(429, 'Too Many Requests') : message(500, 'Internal Server Error')
  }

  const origin: Origin = async request => {
    const began = performance.now()
    const requestId = randomBytes(11).toString('base64url')
    const path = (request.url.split('?')[0] ?? '/').split('/')
    const found = match(request.method, path)
    const routeKey = found?.key ?? '-'
    const pathParameters = found ? parametersOf(found.parts, path) : {}
    const matched: Matched = { routeKey, pathParameters, requestId, apiId: id, accountId: account, domain, now: now() }
    const reply = found ? await asked(request, found, matched) : message(404, 'Not Found')
    const ms = Math.round(performance.now() - began)
    access?.({
      ...{ requestId, routeKey, status: reply.status, responseLatency: ms, responseLength: reply.body.length },
      ...{ integrationLatency: found ? ms : '-', integrationErrorMessage: '-', httpMethod: request.method },
    })
    return { ...reply, headers: { ...reply.headers, 'apigw-requestid': [requestId] } }
  }

  return { route, origin }
}
