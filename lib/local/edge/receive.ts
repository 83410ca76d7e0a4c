import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Headers } from '../http.ts'
import { type Answer, failurePage } from './answer.ts'
import { EdgeFailure } from './failure.ts'
import { parseCookies, parseQuery, type ViewerRequest } from './request.ts'

/** Bytes of a request's body. CloudFront itself accepts more; the HTTP API behind it accepts 10 MB. */
const largestBody = 20_000_000
/** Bytes of path and query (CloudFront's quota). */
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

/** Reads a viewer's request. Throws an EdgeFailure if CloudFront would reject it. */
export const receive = async (message: IncomingMessage): Promise<ViewerRequest> => {
  const url = message.url ?? ''
  if (url.length > longestUrl) throw new EdgeFailure(414, 'the URL is too long')
  if (!/^\/[!-~]*$/.test(url)) throw new EdgeFailure(400, 'the URL is no path')
  const [target = ''] = url.split('#', 1)
  const questionMark = target.indexOf('?')
  const { cookie = [], ...headers } = message.headersDistinct as Headers
  return {
    method: message.method ?? 'GET',
    uri: questionMark < 0 ? target : target.slice(0, questionMark),
    query: parseQuery(questionMark < 0 ? '' : target.slice(questionMark + 1)),
    headers,
    cookies: parseCookies(cookie),
    body: await bodyOf(message),
    ip: message.socket.remoteAddress ?? '',
  }
}

const withoutWeakPrefix = (etag: string) => etag.trim().replace(/^W\//, '')

/** Whether the viewer already has this version, by its conditional headers (RFC 9110, 13.2.2). */
const isNotModified = (message: IncomingMessage, { status, etag, lastModified }: Answer): boolean => {
  if (status !== 200 || (message.method !== 'GET' && message.method !== 'HEAD')) return false
  const match = message.headers['if-none-match']
  if (match !== undefined)
    return (
      etag !== undefined &&
      (match.trim() === '*' || match.split(',').some(one => withoutWeakPrefix(one) === withoutWeakPrefix(etag)))
    )
  const since = message.headers['if-modified-since']
  return since !== undefined && lastModified !== undefined && Date.parse(lastModified) <= Date.parse(since)
}

/** Headers that describe the body, which a 304 does not have. */
const bodyHeaders = new Set(['content-type', 'content-encoding', 'content-language'])
const withoutBodyHeaders = (lines: readonly string[]) => {
  const rest: string[] = []
  for (let index = 0; index < lines.length; index += 2) {
    const name = lines[index] as string
    if (!bodyHeaders.has(name)) rest.push(name, lines[index + 1] as string)
  }
  return rest
}

/** Sends an answer, as a 304 if the viewer has this version. @returns the number of body bytes sent. */
export const reply = (
  message: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  { id, via, now }: { id: string; via: string; now: () => number },
): number => {
  const notModified = isNotModified(message, answer)
  const status = notModified ? 304 : answer.status
  const hasBody = !notModified && message.method !== 'HEAD' && status !== 204 && status !== 304
  const lines = notModified ? withoutBodyHeaders(answer.lines) : answer.lines.slice()
  lines.push('x-cache', `${answer.result} from cloudfront`, 'via', via, 'x-amz-cf-id', id, 'x-amz-cf-pop', 'LOCAL')
  lines.push('date', answer.date ?? new Date(now()).toUTCString())
  if (answer.age !== undefined) lines.push('age', String(Math.floor(answer.age)))
  if (hasBody || (status === 200 && answer.body.length > 0)) lines.push('content-length', String(answer.body.length))
  response.sendDate = false
  response.writeHead(status, lines)
  if (!hasBody) {
    response.end()
    return 0
  }
  response.end(answer.body)
  return answer.body.length
}

const statusOf: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Answers bytes that are not a valid HTTP request, and closes the connection. */
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
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'server: CloudFront',
    'content-type: text/html',
    'x-cache: Error from cloudfront',
    `via: ${via}`,
    `x-amz-cf-id: ${id}`,
    'x-amz-cf-pop: LOCAL',
    `content-length: ${body.length}`,
    'connection: close',
    '',
    '',
  ]
  socket.end(Buffer.concat([Buffer.from(head.join('\r\n')), body]))
}
