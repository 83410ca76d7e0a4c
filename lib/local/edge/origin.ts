import type { Headers, Origin, OriginReply, OriginRequest } from '../http.ts'
import type { Behaviour } from './behaviour.ts'
import type { OriginProperties } from './configuration.ts'
import type { Accepted } from './encoding.ts'
import { EdgeFailure } from './failure.ts'
import { allowed } from './header.ts'
import { cookieText, queryText, type ViewerRequest } from './request.ts'
import { originSelection, type Selection, select } from './selection.ts'

/** RFC 9110, 7.6.1: they concern one connection. */
const hopByHop = new Set(
  'connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
)
/** What the edge sets itself, or what concerns the viewer's connection. */
const own = new Set([...hopByHop, 'host', 'content-length', 'accept-encoding', 'x-amz-cf-id', 'via', 'expect'])
const conditional = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range']

/** Makes the request that the origin of a behaviour gets for a viewer's request. */
export const originRequestOf = (behaviour: Behaviour, via: string) => {
  const takes: Selection = originSelection(behaviour.cache, behaviour.forward)
  const { OriginPath, OriginCustomHeaders, DomainName } = behaviour.origin
  const custom = Object.fromEntries(OriginCustomHeaders.map(one => [one.HeaderName.toLowerCase(), [one.HeaderValue]]))

  return (request: ViewerRequest, id: string, how: { conditions?: Headers; encodings: Accepted }): OriginRequest => {
    const headers: Headers = { 'user-agent': ['Amazon CloudFront'] }
    for (const name in request.headers)
      if (!own.has(name) && takes.header(name)) headers[name] = request.headers[name] as string[]
    const type = request.headers['content-type']
    if (type && request.body.length > 0) headers['content-type'] = type
    for (const name of conditional) {
      const sent = request.headers[name]
      if (how.conditions) delete headers[name]
      else if (sent) headers[name] = sent
    }
    const cookies = cookieText(select(request.cookies, takes.cookie))
    if (cookies) headers.cookie = [cookies]
    const encoding =
      how.encodings || (takes.header('accept-encoding') ? request.headers['accept-encoding']?.join(',') : '')
    if (encoding) headers['accept-encoding'] = [encoding]
    if (request.body.length > 0) headers['content-length'] = [String(request.body.length)]
    const before = request.headers['x-forwarded-for']?.join(', ')
    return {
      method: request.method,
      url: OriginPath + request.uri + queryText(select(request.query, takes.query)),
      headers: {
        ...headers,
        ...how.conditions,
        ...custom,
        host: takes.header('host') ? (request.headers.host ?? [DomainName]) : [DomainName],
        via: [...(request.headers.via ?? []), via],
        'x-amz-cf-id': [id],
        'x-forwarded-for': [before ? `${before}, ${request.ip}` : request.ip],
      },
      body: request.body,
    }
  }
}

/** What the origin sent, without what concerns its connection alone. */
const received = (reply: OriginReply): OriginReply => {
  const headers: Headers = {}
  const named = new Set((reply.headers.connection ?? []).flatMap(line => line.toLowerCase().split(/[\s,]+/)))
  for (const [name, values] of Object.entries(reply.headers)) {
    if (hopByHop.has(name) || named.has(name)) continue
    if (!values.every(value => allowed(name, value))) throw new EdgeFailure(502, `the origin sent a bad ${name}`)
    headers[name] = values
  }
  return { ...reply, headers }
}

const late = Symbol('late')

/**
 * Asks the origin as its settings say: how long to wait, how often to try. A request that may have had an effect is not
 * sent again. Throws an EdgeFailure (502, 504) if there is no reply.
 */
export const ask = async (
  origin: Origin,
  properties: OriginProperties,
  request: OriginRequest,
): Promise<OriginReply> => {
  const { CustomOriginConfig, S3OriginConfig, ConnectionAttempts, ResponseCompletionTimeout } = properties
  const read = (CustomOriginConfig ?? S3OriginConfig)?.OriginReadTimeout ?? 30
  const wait = Math.min(read, ResponseCompletionTimeout ?? read) * 1000
  const repeatable = request.method === 'GET' || request.method === 'HEAD'
  let cause = new EdgeFailure(502, 'no attempt was made')
  for (let attempt = 0; attempt < ConnectionAttempts; attempt++) {
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<typeof late>(resolve => {
      timer = setTimeout(resolve, wait, late)
    })
    try {
      const reply = await Promise.race([origin(request), timeout])
      if (reply !== late) return received(reply)
      cause = new EdgeFailure(504, `${properties.Id} did not answer in ${wait} ms`)
      if (!repeatable) break
    } catch (error) {
      if (error instanceof EdgeFailure) throw error
      cause = new EdgeFailure(502, `${properties.Id} could not be reached: ${String(error)}`)
    } finally {
      clearTimeout(timer)
    }
  }
  throw cause
}
