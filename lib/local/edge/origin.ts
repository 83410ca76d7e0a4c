import type { Headers, Origin, OriginReply, OriginRequest } from '../http.ts'
import type { Behaviour } from './behaviour.ts'
import type { OriginProperties } from './configuration.ts'
import type { Accepted } from './encoding.ts'
import { EdgeFailure } from './failure.ts'
import { isValidHeader } from './header.ts'
import { cookieText, queryText, type ViewerRequest } from './request.ts'
import { originSelection, type Selection, select } from './selection.ts'

/** Headers of one connection, which are not forwarded (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
/** Headers that are not forwarded as the viewer sent them: those of its connection, and those that the edge sets. */
const notForwarded = new Set([...hopByHop, 'host', 'content-length', 'accept-encoding', 'x-amz-cf-id', 'via', 'expect'])
const conditional = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range']

/** Builds the request to a behaviour's origin from a viewer's request. */
export const originRequestOf = (behaviour: Behaviour, via: string) => {
  const selection: Selection = originSelection(behaviour.cache, behaviour.forward)
  const { OriginPath, OriginCustomHeaders, DomainName } = behaviour.origin
  const custom = Object.fromEntries(OriginCustomHeaders.map(one => [one.HeaderName.toLowerCase(), [one.HeaderValue]]))

  return (request: ViewerRequest, id: string, how: { conditions?: Headers; encodings: Accepted }): OriginRequest => {
    const headers: Headers = { 'user-agent': ['Amazon CloudFront'] }
    for (const name in request.headers)
      if (!notForwarded.has(name) && selection.header(name)) headers[name] = request.headers[name] as string[]
    const type = request.headers['content-type']
    if (type && request.body.length > 0) headers['content-type'] = type
    for (const name of conditional) {
      const sent = request.headers[name]
      if (how.conditions) delete headers[name]
      else if (sent) headers[name] = sent
    }
    const cookies = cookieText(select(request.cookies, selection.cookie))
    if (cookies) headers.cookie = [cookies]
    const encoding =
      how.encodings || (selection.header('accept-encoding') ? request.headers['accept-encoding']?.join(',') : '')
    if (encoding) headers['accept-encoding'] = [encoding]
    if (request.body.length > 0) headers['content-length'] = [String(request.body.length)]
    const forwardedFor = request.headers['x-forwarded-for']?.join(', ')
    return {
      method: request.method,
      url: OriginPath + request.uri + queryText(select(request.query, selection.query)),
      headers: {
        ...headers,
        ...how.conditions,
        ...custom,
        host: selection.header('host') ? (request.headers.host ?? [DomainName]) : [DomainName],
        via: [...(request.headers.via ?? []), via],
        'x-amz-cf-id': [id],
        'x-forwarded-for': [forwardedFor ? `${forwardedFor}, ${request.ip}` : request.ip],
      },
      body: request.body,
    }
  }
}

/** The origin's reply without hop-by-hop headers. Throws an EdgeFailure (502) if a header is not valid. */
const withoutHopByHop = (reply: OriginReply): OriginReply => {
  const headers: Headers = {}
  const named = new Set((reply.headers.connection ?? []).flatMap(line => line.toLowerCase().split(/[\s,]+/)))
  for (const [name, values] of Object.entries(reply.headers)) {
    if (hopByHop.has(name) || named.has(name)) continue
    if (!values.every(value => isValidHeader(name, value))) throw new EdgeFailure(502, `the origin sent a bad ${name}`)
    headers[name] = values
  }
  return { ...reply, headers }
}

const timedOut = Symbol('timed out')
/** Seconds, CloudFront's default of the origin's read timeout. */
const defaultReadTimeout = 30

/**
 * Sends a request to the origin, with the timeout and the number of attempts of the origin's settings. A write that timed
 * out is not sent again, since it may have had an effect. Throws an EdgeFailure (502, 504) if there is no reply.
 */
export const ask = async (
  origin: Origin,
  properties: OriginProperties,
  request: OriginRequest,
): Promise<OriginReply> => {
  const { CustomOriginConfig, S3OriginConfig, ConnectionAttempts, ResponseCompletionTimeout } = properties
  const readTimeout = (CustomOriginConfig ?? S3OriginConfig)?.OriginReadTimeout ?? defaultReadTimeout
  const timeoutMs = Math.min(readTimeout, ResponseCompletionTimeout ?? readTimeout) * 1000
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  let cause = new EdgeFailure(502, 'no attempt was made')
  for (let attempt = 0; attempt < ConnectionAttempts; attempt++) {
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<typeof timedOut>(resolve => {
      timer = setTimeout(resolve, timeoutMs, timedOut)
    })
    try {
      const reply = await Promise.race([origin(request), timeout])
      if (reply !== timedOut) return withoutHopByHop(reply)
      cause = new EdgeFailure(504, `${properties.Id} did not answer in ${timeoutMs} ms`)
      if (!isRead) break
    } catch (error) {
      if (error instanceof EdgeFailure) throw error
      cause = new EdgeFailure(502, `${properties.Id} could not be reached: ${String(error)}`)
    } finally {
      clearTimeout(timer)
    }
  }
  throw cause
}
