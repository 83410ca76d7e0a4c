import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import * as z from 'zod/mini'
import english from 'zod/v4/locales/en.js'
import { type FieldError, type Problem, problem, problemUri } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { EdgeCache, Route } from '../../shared/kernel/route.ts'
import { illFormedTexts } from '../../shared/kernel/well-formed.ts'

// Without a language, zod says of every error that the input is invalid, and no more.
z.config(english())

/** A request and a reply of the HTTP API (payload format 2.0). */
export type Event = APIGatewayProxyEventV2
export type Reply = APIGatewayProxyStructuredResultV2

/** API Gateway gives header names in lower case. */
export const header = (event: Event, name: string): string | undefined => event.headers?.[name]

/**
 * All values of a cookie. The name is compared exactly, but for the space after `;`, as the edge does: a token under a name
 * that the edge does not know would get past its list of lost accesses.
 */
export const cookies = (event: Event, name: string): readonly string[] => {
  const pairs = event.cookies ?? header(event, 'cookie')?.split(';') ?? []
  return pairs.flatMap(pair => {
    const [own = ''] = /^ *(.*)$/s.exec(pair)?.slice(1) ?? []
    return own.startsWith(`${name}=`) ? [own.slice(name.length + 1).trim()] : []
  })
}

/**
 * The value of a cookie, or undefined. Also undefined if two cookies have this name, since another host of the domain
 * may have planted one of them.
 */
export const cookie = (event: Event, name: string): string | undefined => {
  const values = cookies(event, name)
  return values.length === 1 ? values[0] : undefined
}

/** The body's text. */
export const bodyText = (event: Event): string =>
  event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '')

/** Bytes of a request body: more than a text of 20,000 characters needs. */
const largestBody = 128 * 1024

const parseBody = (event: Event): Result<unknown> => {
  const refused = (message: string) => fail(problem('invalid-request', { errors: [{ path: 'body', message }] }))
  // A form of another site cannot send this type: for it, browsers make a CORS preflight request first.
  if (!/^application\/json\b/i.test(header(event, 'content-type') ?? ''))
    return refused('must be sent as application/json')
  const text = bodyText(event)
  if (Buffer.byteLength(text) > largestBody) return fail(problem('too-large'))
  try {
    return ok(JSON.parse(text))
  } catch {
    return refused('is not JSON')
  }
}

/** Path, query and body of a request, parsed by the route's schemas. */
export type Parsed = { readonly params: unknown; readonly query: unknown; readonly body: unknown }

/** What no schema need prove: every text of a request is well-formed Unicode. The table and its stream hold no other. */
const illFormedFields = (event: Event, body: unknown): FieldError[] =>
  illFormedTexts({ path: event.pathParameters, query: event.queryStringParameters, body }).map(path => ({
    path,
    message: 'holds half of a surrogate pair, which is no character',
  }))

/** What the route's schema does not name: a misspelt parameter would otherwise be passed over in silence. */
const unknownParameters = (route: Route, event: Event): FieldError[] => {
  const known = new Set(Object.keys(route.query?._zod.def.shape ?? {}))
  const given = Object.keys(event.queryStringParameters ?? {})
  return given
    .filter(name => !known.has(name))
    .map(name => ({ path: `query.${name}`, message: 'is no parameter of this route' }))
}

/** Parses path, query and body by the route's schemas; fails with a list of all fields that do not match. */
export const parseRequest = (route: Route, event: Event): Result<Parsed> => {
  const body = route.body ? parseBody(event) : ok(undefined)
  if (!body.ok) return body
  const errors = [...illFormedFields(event, body.value), ...unknownParameters(route, event)]
  if (errors.length > 0) return fail(problem('invalid-request', { errors }))
  const read = (part: string, schema: z.core.$ZodType | undefined, given: unknown): unknown => {
    if (!schema) return undefined
    const result = z.safeParse(schema, given)
    if (result.success) return result.data
    for (const { path, message } of result.error.issues)
      errors.push({ path: [part, ...path.map(String)].join('.'), message })
    return undefined
  }
  const parsed = {
    params: read('path', route.params, event.pathParameters ?? {}),
    query: read('query', route.query, event.queryStringParameters ?? {}),
    body: read('body', route.body, body.value),
  }
  return errors.length > 0 ? fail(problem('invalid-request', { errors })) : ok(parsed)
}

/**
 * Cache-Control of a cached read, for the edge (RFC 9111, RFC 5861). No `s-maxage`: a shared cache may not answer stale
 * under it (RFC 9111, 4.2.4). What browsers see of a shared read is the response headers policy's (lib/platform/headers.ts).
 */
export const cacheControl = ({ ttl, staleWhileRevalidate, staleIfError }: EdgeCache) =>
  [
    `max-age=${ttl}`,
    ...(staleWhileRevalidate > 0 ? [`stale-while-revalidate=${staleWhileRevalidate}`] : []),
    `stale-if-error=${staleIfError}`,
  ].join(', ')

/**
 * Cache-Control of a cached read's 404. CloudFront's documentation says that a 404 it keeps takes the place of a copy, and
 * not what happens to the copy otherwise: it might come back when the API fails next, with what had been withdrawn.
 */
const goneControl = 'max-age=3'

export type ReplyOptions = {
  readonly status: number
  readonly requestId: string
  /** Absent: `no-store`. */
  readonly cache?: EdgeCache
  readonly ifNoneMatch?: string | undefined
  /** What the client accepts. Absent: the body is not compressed, since the edge compresses what it may keep. */
  readonly acceptEncoding?: string
  readonly cookies?: readonly string[]
  /** The browser drops its HTTP cache of this origin: on a device of many people the next one finds no text there. */
  readonly clearsCache?: true
}

/** True if a client holds what an ETag names: one of a list, compared weakly (RFC 9110, 13.1.2), since the edge weakens it. */
const isHeld = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(',').some(one => [etag, '*'].includes(one.trim().replace(/^W\//, ''))) ?? false

/** Bytes of a body from which on it is compressed: below, it fits into one packet as it is. */
const smallestCompressed = 1_000

/** True if an Accept-Encoding header takes gzip (RFC 9110, 12.5.3). */
const takesGzip = (accepted: string): boolean =>
  accepted.split(',').some(part => {
    const [coding = '', ...parameters] = part.split(';').map(one => one.trim().toLowerCase())
    return coding === 'gzip' && !parameters.some(one => /^q=0(\.0*)?$/.test(one))
  })

/** The body, compressed if it is long and the client takes that. Payload format 2.0 carries bytes as base 64. */
const encoded = (
  body: string,
  accepted: string,
  headers: Record<string, string>,
): Pick<Reply, 'body' | 'isBase64Encoded'> => {
  headers.vary = 'accept-encoding'
  if (Buffer.byteLength(body) < smallestCompressed || !takesGzip(accepted)) return { body }
  headers['content-encoding'] = 'gzip'
  return { body: gzipSync(body).toString('base64'), isBase64Encoded: true }
}

/** A JSON reply. With `cache`, it may be cached by the edge and has an ETag. */
export const jsonReply = (value: unknown, options: ReplyOptions): Reply => {
  const { status, requestId, cache, ifNoneMatch, acceptEncoding, cookies, clearsCache } = options
  const body = value === undefined ? '' : JSON.stringify(value)
  const headers: Record<string, string> = {
    'cache-control': cache ? cacheControl(cache) : 'no-store',
    'x-request-id': requestId,
    // Of the browser's own cache only: what waits to be sent on this device stays (W3C Clear Site Data).
    ...(clearsCache && { 'clear-site-data': '"cache"' }),
  }
  if (body) headers['content-type'] = 'application/json'
  if (cache) {
    headers.etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    if (isHeld(ifNoneMatch, headers.etag)) return { statusCode: 304, headers }
  }
  const content = acceptEncoding === undefined ? { body } : encoded(body, acceptEncoding, headers)
  return { statusCode: status, headers, ...content, ...(cookies && { cookies: [...cookies] }) }
}

type ProblemOptions = {
  readonly cookies?: readonly string[] | undefined
  /** The reply is a cached read's: the edge keeps it if it says that nothing is there. */
  readonly isCached?: boolean
  /** The methods that the path takes, of a 405 (RFC 9110, 15.5.6). */
  readonly allow?: readonly string[]
}

/** An RFC 9457 problem document. `instance` is the request's id, for support. */
export const problemReply = (
  { type, title, status, errors, retryAfter, room }: Problem<string>,
  requestId: string,
  { cookies, isCached = false, allow }: ProblemOptions = {},
): Reply => ({
  statusCode: status,
  headers: {
    'content-type': 'application/problem+json',
    'cache-control': isCached && status === 404 ? goneControl : 'no-store',
    'x-request-id': requestId,
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(allow && { allow: allow.join(', ') }),
  },
  body: JSON.stringify({
    type: problemUri(type),
    title,
    status,
    instance: `urn:preau:request:${requestId}`,
    ...(errors && { errors }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(room && { room }),
  }),
  ...(cookies && { cookies: [...cookies] }),
})
