import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Headers } from '../http.ts'
import { type Answer, failurePage } from './answer.ts'
import { EdgeFailure } from './failure.ts'
import { parseCookies, parseQuery, type ViewerRequest } from './request.ts'

/** Bytes of a request's body; CloudFront itself takes more, the HTTP API behind it half. */
const largestBody = 20_000_000
/** Bytes of path and query (CloudFront's quotas). */
const longestUrl = 8_192

const nothing = Buffer.alloc(0)

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const length = message.headers['content-length']
  if (length === undefined && message.headers['transfer-encoding'] === undefined) return nothing
  if (Number(length) > largestBody) throw new EdgeFailure(413, 'the body is too large')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largestBody) throw new EdgeFailure(413, 'the body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads a viewer's request. Throws an EdgeFailure if it is not one that CloudFront would take. */
export const receive = async (message: IncomingMessage): Promise<ViewerRequest> => {
  const url = message.url ?? ''
  if (url.length > longestUrl) throw new EdgeFailure(414, 'the URL is too long')
  if (!/^\/[!-~]*$/.test(url)) throw new EdgeFailure(400, 'the URL is no path')
  const [target = ''] = url.split('#', 1)
  const at = target.indexOf('?')
  const { cookie = [], ...headers } = message.headersDistinct as Headers
  return {
    method: message.method ?? 'GET',
    uri: at < 0 ? target : target.slice(0, at),
    query: parseQuery(at < 0 ? '' : target.slice(at + 1)),
    headers,
    cookies: parseCookies(cookie),
    body: await bodyOf(message),
    ip: message.socket.remoteAddress ?? '',
  }
}

const weakly = (etag: string) => etag.trim().replace(/^W\//, '')

/** Whether the viewer has this very version already (RFC 9110, 13.2.2). */
const isKnown = (message: IncomingMessage, { status, etag, lastModified }: Answer): boolean => {
  if (status !== 200 || (message.method !== 'GET' && message.method !== 'HEAD')) return false
  const match = message.headers['if-none-match']
  if (match !== undefined)
    return etag !== undefined && (match.trim() === '*' || match.split(',').some(one => weakly(one) === weakly(etag)))
  const since = message.headers['if-modified-since']
  return since !== undefined && lastModified !== undefined && Date.parse(lastModified) <= Date.parse(since)
}

/** Bodies do not change what these say: the rest stays away from a 304. */
const ofBody = new Set(['content-type', 'content-encoding', 'content-language'])
const without = (lines: readonly string[]) => {
  const kept: string[] = []
  for (let at = 0; at < lines.length; at += 2) {
    const name = lines[at] as string
    if (!ofBody.has(name)) kept.push(name, lines[at + 1] as string)
  }
  return kept
}

/** Sends an answer; gives the bytes of its body. */
export const reply = (
  message: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  { id, via }: { id: string; via: string },
): number => {
  const known = isKnown(message, answer)
  const status = known ? 304 : answer.status
  const hasBody = !known && message.method !== 'HEAD' && status !== 204 && status !== 304
  const lines = known ? without(answer.lines) : answer.lines.slice()
  lines.push('x-cache', `${answer.result} from cloudfront`, 'via', via, 'x-amz-cf-id', id, 'x-amz-cf-pop', 'LOCAL')
  if (answer.age !== undefined) lines.push('age', String(Math.floor(answer.age)))
  if (hasBody || (status === 200 && answer.body.length > 0)) lines.push('content-length', String(answer.body.length))
  response.writeHead(status, lines)
  if (!hasBody) {
    response.end()
    return 0
  }
  response.end(answer.body)
  return answer.body.length
}

const statusOf: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Answers what is no HTTP request at all, and closes its connection. */
export const replyMalformed = (
  error: NodeJS.ErrnoException,
  socket: Duplex,
  { id, via }: { id: string; via: string },
): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = statusOf[error.code ?? ''] ?? 400
  const { body } = failurePage(status)
  const head = [
    ...[`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'server: CloudFront', 'content-type: text/html'],
    ...['x-cache: Error from cloudfront', `via: ${via}`, `x-amz-cf-id: ${id}`, 'x-amz-cf-pop: LOCAL'],
    ...[`content-length: ${body.length}`, 'connection: close', '', ''],
  ]
  socket.end(Buffer.concat([Buffer.from(head.join('\r\n')), body]))
}
