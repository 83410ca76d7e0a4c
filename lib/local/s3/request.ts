import type { IncomingMessage } from 'node:http'
import type { OriginReply } from '../http.ts'
import { S3Error } from './error.ts'

/** A request to S3 without its body. */
export type S3Request = {
  readonly method: string
  readonly bucket: string
  /** Empty for a request to the bucket itself. */
  readonly key: string
  /** As sent, percent-encoded. */
  readonly path: string
  /** Decoded, in the order sent. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** By lower-case name; several lines of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
}

export type S3Reply = OriginReply

/** The text that a part of a URL stands for. Throws S3Error if it is not percent-encoded UTF-8. */
export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error(400, 'InvalidURI', 'Couldn’t parse the specified URI.')
  }
}

/** The parameters of a query string. Throws S3Error if they are not percent-encoded UTF-8. */
export const parseQuery = (query: string): S3Request['query'] =>
  query
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const [name = '', ...value] = part.split('=')
      return [decoded(name), decoded(value.join('='))]
    })

/** The value of a query parameter, or undefined. */
export const parameter = ({ query }: S3Request, name: string): string | undefined =>
  query.find(([one]) => one === name)?.[1]

/** Bytes of a key in UTF-8 (Amazon S3 User Guide, "Naming Amazon S3 objects"). */
const longestKey = 1024

/**
 * Parses a request's line and headers. The bucket is the path's first part, unless the address asked is that of one
 * bucket (`ofBucket`), as with virtual-hosted-style requests.
 */
export const parseRequest = (incoming: IncomingMessage, ofBucket: string | undefined): S3Request => {
  const [path = '/', ...rest] = (incoming.url ?? '/').split('?')
  const query = parseQuery(rest.join('?'))
  const parts = path.split('/').slice(1)
  const bucket = ofBucket ?? decoded(parts.shift() ?? '')
  const key = decoded(parts.join('/'))
  if (Buffer.byteLength(key) > longestKey) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long')
  const headers = Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, lines]) => [name, (lines ?? []).join(',')]),
  )
  return { method: incoming.method ?? '', bucket, key, path, query, headers }
}
