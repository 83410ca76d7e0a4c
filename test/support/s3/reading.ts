import { HeadObjectCommand } from '@aws-sdk/client-s3'
import type { S3Case } from './case.ts'
import { outcome, type S3Session } from './session.ts'

const ranges = 'GetObject, Range; RFC 9110, 14.1.2'
const conditions = 'GetObject, If-Match to If-Unmodified-Since'
const text = '0123456789'

const ranged = async (s3: S3Session, Range: string) => {
  const { $metadata, text: part, ContentRange, ContentLength } = await s3.get('a', { Range })
  return [$metadata.httpStatusCode, ContentRange, ContentLength, part]
}

const put = async (s3: S3Session): Promise<string> => (await s3.put('a', text)).ETag ?? ''

/** Cases of GetObject and HeadObject. */
export const readingCases: readonly S3Case[] = [
  {
    name: 'headers given with an object',
    source: 'PutObject, request headers; GetObject and HeadObject, response headers',
    observe: async s3 => {
      const given = {
        CacheControl: 'max-age=55, stale-if-error=86400',
        ContentDisposition: 'attachment; filename="a.pdf"',
        ContentEncoding: 'gzip',
        ContentLanguage: 'fr',
        ContentType: 'application/pdf',
      }
      await s3.put('a', text, given)
      const replies = [
        await s3.get('a'),
        await s3.client.send(new HeadObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}a` })),
      ]
      return replies.flatMap(reply =>
        Object.entries(given).filter(([name, value]) => Reflect.get(reply, name) !== value),
      )
    },
    expected: [],
  },
  {
    name: 'the ETag and the length of an object',
    source: 'UG, Using Content-MD5 and the ETag to verify uploaded objects: the MD5 of an object put in one request',
    observe: async s3 => {
      const etag = await put(s3)
      const { ETag, ContentLength } = await s3.client.send(
        new HeadObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}a` }),
      )
      return [etag, ETag, ContentLength]
    },
    expected: ['"781e5e245d69b566979b86e28d23f2c7"', '"781e5e245d69b566979b86e28d23f2c7"', 10],
  },
  {
    name: 'an object whose key has signs that URLs and XML encode',
    source: 'UG, Naming Amazon S3 objects',
    observe: async s3 => {
      const key = "été 1+1 (b)*!'~/c//d&<.png"
      await s3.put(key, text)
      return s3.content(key)
    },
    expected: text,
  },
  {
    name: 'GET and HEAD of an object that is not there, with permission to list',
    source: 'GetObject, Permissions; HeadObject: no body',
    observe: async s3 => [
      await outcome(s3.get('none')),
      await outcome(s3.client.send(new HeadObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}none` }))),
    ],
    expected: [
      [404, 'NoSuchKey'],
      [404, 'NotFound'],
    ],
  },
  {
    name: 'GET from a bucket that is not there',
    source: 'Error responses, NoSuchBucket',
    observe: s3 => outcome(s3.get('a', { Bucket: 'preau-no-such-bucket' })),
    expected: [404, 'NoSuchBucket'],
  },
  ...(
    [
      ['the first bytes', 'bytes=0-3', [206, 'bytes 0-3/10', 4, '0123']],
      ['the last bytes', 'bytes=-3', [206, 'bytes 7-9/10', 3, '789']],
      ['all bytes from one on', 'bytes=8-', [206, 'bytes 8-9/10', 2, '89']],
      ['bytes beyond the end', 'bytes=5-99', [206, 'bytes 5-9/10', 5, '56789']],
    ] as const
  ).map(
    ([name, range, expected]): S3Case => ({
      name: `GET with a Range: ${name}`,
      source: ranges,
      observe: async s3 => {
        await put(s3)
        return ranged(s3, range)
      },
      expected,
    }),
  ),
  {
    name: 'GET with a Range that the object does not have',
    source: `${ranges}; Error responses, InvalidRange`,
    observe: async s3 => {
      await put(s3)
      return outcome(s3.get('a', { Range: 'bytes=10-12' }))
    },
    expected: [416, 'InvalidRange'],
  },
  {
    name: 'GET with If-None-Match and the object’s ETag: 304 without a body',
    source: conditions,
    observe: async s3 => {
      const etag = await put(s3)
      const reply = await fetch(await s3.presign({ method: 'GET', key: 'a' }), { headers: { 'if-none-match': etag } })
      return [reply.status, reply.headers.get('etag') === etag, await reply.text()]
    },
    expected: [304, true, ''],
  },
  {
    name: 'GET with If-None-Match and another ETag',
    source: conditions,
    observe: async s3 => {
      await put(s3)
      return outcome(s3.get('a', { IfNoneMatch: '"00000000000000000000000000000000"' }))
    },
    expected: [200],
  },
  {
    name: 'GET with If-Match and another ETag',
    source: conditions,
    observe: async s3 => {
      await put(s3)
      return outcome(s3.get('a', { IfMatch: '"00000000000000000000000000000000"' }))
    },
    expected: [412, 'PreconditionFailed'],
  },
  {
    name: 'GET with If-Modified-Since the object’s date, and before it',
    source: conditions,
    observe: async s3 => {
      await put(s3)
      const { LastModified = new Date(0) } = await s3.get('a')
      const since = async (IfModifiedSince: Date) => (await outcome(s3.get('a', { IfModifiedSince })))[0]
      return [await since(LastModified), await since(new Date(LastModified.getTime() - 60_000))]
    },
    expected: [304, 200],
  },
]
