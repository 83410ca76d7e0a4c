import type { Origin, OriginReply } from '../http.ts'
import type { Now } from '../now.ts'
import { errorReply, notImplemented, S3Error } from './error.ts'
import type { Faults } from './faults.ts'
import type { Objects } from './objects.ts'
import { overridden, overrides, readHeaders, readObject } from './read.ts'
import { decoded, parseQuery } from './request.ts'
import type { Tags } from './stored-object.ts'

/**
 * What a bucket's policy allows the distribution: to read objects, and to learn which there are. `tagged`: it reads only
 * those with these tags, by a denial of all others.
 */
export type OriginAccess = { readonly read: boolean; readonly list: boolean; readonly tagged?: Tags }

/** What a bucket is served from. `now`: the time that replies are dated with. */
export type OriginParts = { readonly objects: Objects; readonly faults: Faults; readonly now: Now }

/**
 * A bucket as an origin of the edge, which reads it with origin access control, within what the bucket's policy allows.
 * Without permission to list, a missing object is 403: S3 does not say whether it exists.
 * Source: Amazon S3 API Reference, "GetObject", Permissions.
 */
export const bucketOrigin = (
  { objects, faults, now }: OriginParts,
  bucket: string,
  access: () => OriginAccess,
): Origin => {
  const dated = (reply: OriginReply): OriginReply => ({
    ...reply,
    headers: { ...reply.headers, date: [new Date(now()).toUTCString()] },
  })
  return async ({ method, url, headers }) => {
    try {
      await faults.pass(bucket)
      if (method !== 'GET' && method !== 'HEAD')
        throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.')
      const [path = '', ...query] = url.split('?')
      const parameters = parseQuery(query.join('?'))
      if (parameters.some(([name]) => !overrides.includes(name)))
        throw notImplemented('Such a query string from the edge')
      const key = decoded(path.slice(1))
      const { read, list, tagged = {} } = access()
      const object = key === '' || !read ? undefined : objects.get(bucket, key)
      if (object && Object.entries(tagged).some(([tag, value]) => object.tags[tag] !== value))
        throw new S3Error(403, 'AccessDenied', 'Access Denied')
      if (object) {
        const understood = readHeaders.filter(name => headers[name] !== undefined)
        // A range is only good for the same object (RFC 9110, 13.1.5).
        const sameObject = (headers['if-range']?.[0] ?? object.etag) === object.etag
        const sent = understood
          .filter(name => name !== 'range' || sameObject)
          .map(name => [name, headers[name]?.join(',') ?? ''] as const)
        return dated(readObject(object, Object.fromEntries(sent), overridden(parameters)))
      }
      if (!read || !list || key === '') throw new S3Error(403, 'AccessDenied', 'Access Denied')
      throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
    } catch (error) {
      if (error instanceof S3Error) return dated(errorReply(error))
      throw error
    }
  }
}
