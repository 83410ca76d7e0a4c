import { randomUUID } from 'node:crypto'
import { errorReply, S3Error } from './error.ts'
import type { S3Reply, S3Request } from './request.ts'
import type { StoredObject } from './stored-object.ts'

const seconds = (time: number) => Math.floor(time / 1000)
/** The time of an HTTP date in seconds, or undefined if it is none: such a condition is ignored (RFC 9110, 13.1.3). */
const secondsOf = (date: string | undefined): number | undefined => {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : seconds(time)
}

const lists = (condition: string, etag: string): boolean =>
  condition.split(',').some(one => one.trim() === '*' || one.trim() === etag || `"${one.trim()}"` === etag)

/**
 * Evaluates the conditions of a read in the order that S3 documents.
 * Source: Amazon S3 API Reference, "GetObject", If-Match to If-Unmodified-Since.
 * @returns 412 or 304 if one is not met.
 */
const failedCondition = (headers: Readonly<Record<string, string>>, object: StoredObject): 412 | 304 | undefined => {
  const modified = seconds(object.modified.getTime())
  const match = headers['if-match']
  const unmodifiedSince = secondsOf(headers['if-unmodified-since'])
  if (match !== undefined) {
    if (!lists(match, object.etag)) return 412
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) return 412
  const noneMatch = headers['if-none-match']
  const modifiedSince = secondsOf(headers['if-modified-since'])
  if (noneMatch !== undefined) return lists(noneMatch, object.etag) ? 304 : undefined
  return modifiedSince !== undefined && modified <= modifiedSince ? 304 : undefined
}

/**
 * First and last byte of the range asked for; undefined for the whole object, which is also the answer to several ranges
 * and to what is no range of bytes. Throws S3Error (416) if the object has no such byte.
 * Source: RFC 9110, 14.1.2; Amazon S3 API Reference, "GetObject": one range a request.
 */
const rangeOf = (range: string | undefined, size: number): readonly [number, number] | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (first >= size) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable')
  return [first, last]
}

/** Headers of a read that this S3 understands. */
export const readHeaders = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'x-amz-checksum-mode',
]

/** Parameters by which a signed GET has a header of its reply replaced: `response-content-disposition`. */
export const overrides = ['response-cache-control', 'response-content-disposition', 'response-content-type']

/** The headers that parameters of a GET replace. Source: Amazon S3 API Reference, "GetObject", Overriding Response Header Values. */
export const overridden = (query: S3Request['query']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    query.filter(([name]) => overrides.includes(name)).map(([name, value]) => [name.slice('response-'.length), value]),
  )

/** The reply to a GET of an object; to a HEAD as well, of which the server leaves out the body. */
export const readObject = (
  object: StoredObject,
  headers: Readonly<Record<string, string>>,
  replaced: Readonly<Record<string, string>> = {},
): S3Reply => {
  const { body, etag, modified, checksum, tags } = object
  const stored = {
    ...object.headers,
    ...replaced,
    ...(Object.keys(tags).length > 0 && { 'x-amz-tagging-count': String(Object.keys(tags).length) }),
    etag,
    'last-modified': modified.toUTCString(),
    'x-amz-request-id': randomUUID(),
    'x-amz-server-side-encryption': 'AES256',
  }
  const reply = (status: number, sent: Buffer, more: Readonly<Record<string, string>> = {}): S3Reply => ({
    status,
    headers: Object.fromEntries(Object.entries({ ...stored, ...more }).map(([name, value]) => [name, [value]])),
    body: sent,
  })
  const failed = failedCondition(headers, object)
  if (failed === 304) return reply(304, Buffer.alloc(0))
  if (failed === 412)
    return errorReply(
      new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold'),
    )
  const range = rangeOf(headers.range, body.length)
  const ranges = { 'accept-ranges': 'bytes' }
  if (range) {
    const [first, last] = range
    const contentRange = `bytes ${first}-${last}/${body.length}`
    return reply(206, body.subarray(first, last + 1), { ...ranges, 'content-range': contentRange })
  }
  const shown = headers['x-amz-checksum-mode'] === 'ENABLED' && Object.keys(checksum).length > 0
  const type = etag.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT'
  return reply(200, body, { ...ranges, ...(shown && { ...checksum, 'x-amz-checksum-type': type }) })
}
