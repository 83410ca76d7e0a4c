import { randomUUID } from 'node:crypto'
import { notImplemented, S3Error } from './error.ts'
import type { Objects } from './objects.ts'
import { storedHeaders } from './operations.ts'
import type { S3Reply, S3Request } from './request.ts'
import { tagsOfHeader } from './tags.ts'

/** A write under way: whether its object was deleted since it began. */
export type Write = { readonly bucket: string; readonly key: string; deleted: boolean }

/** The condition of a write. Throws S3Error (501) for what S3 does not implement either. */
const conditionOf = ({ headers }: S3Request): { match?: string; noneMatch?: true } => {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers
  if (match !== undefined && noneMatch !== undefined) throw notImplemented('If-Match together with If-None-Match')
  if (noneMatch !== undefined && noneMatch !== '*') throw notImplemented('If-None-Match with anything but *')
  if (match !== undefined && !/^"?[^"*,\s]+"?$/.test(match)) throw notImplemented('If-Match with anything but one ETag')
  return { ...(match !== undefined && { match }), ...(noneMatch !== undefined && { noneMatch: true }) }
}

/**
 * Throws S3Error unless the write's condition holds: If-None-Match: `*` where there is an object is 412, and 409 if one was
 * deleted meanwhile; If-Match is 412 for another ETag, and 404 where there is no object.
 * Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes", "Conditional write behavior".
 */
export const checkCondition = (request: S3Request, write: Write, etag: string | undefined): void => {
  const { match, noneMatch } = conditionOf(request)
  const failed = () =>
    new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold')
  if (noneMatch && etag !== undefined) throw failed()
  if (noneMatch && write.deleted)
    throw new S3Error(
      409,
      'ConditionalRequestConflict',
      'The conditional request cannot succeed due to a conflicting operation against this resource.',
    )
  if (match === undefined) return
  if (etag === undefined) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
  if (match !== etag && `"${match}"` !== etag) throw failed()
}

/** Headers given with an object, or with the beginning of its upload in parts. */
export const headersOf = ({ headers }: S3Request): Readonly<Record<string, string>> => {
  const given = storedHeaders.flatMap(name => (headers[name] === undefined ? [] : [[name, headers[name]] as const]))
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(given) }
}

/** Stores an object. Condition and write are one step: of several writes with the same condition, one succeeds. */
export const putObject = (
  objects: Objects,
  request: S3Request,
  write: Write,
  { body, checksum, modified }: { body: Buffer; checksum: Readonly<Record<string, string>>; modified: Date },
): S3Reply => {
  const { bucket, key, headers } = request
  checkCondition(request, write, objects.etag(bucket, key))
  const tags = tagsOfHeader(headers['x-amz-tagging'])
  const etag = objects.put(bucket, key, { body, modified, headers: headersOf(request), checksum, tags })
  const reply = {
    etag,
    'x-amz-request-id': randomUUID(),
    'x-amz-server-side-encryption': 'AES256',
    ...checksum,
    ...(Object.keys(checksum).length > 0 && { 'x-amz-checksum-type': 'FULL_OBJECT' }),
  }
  return {
    status: 200,
    headers: Object.fromEntries(Object.entries(reply).map(([name, value]) => [name, [value]])),
    body: Buffer.alloc(0),
  }
}
