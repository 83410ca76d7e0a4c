import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { S3Case } from './case.ts'
import { base64, outcome, type S3Session } from './session.ts'

const conditional = 'UG, How to prevent object overwrites with conditional writes, Conditional write behavior'
const integrity = 'UG, Checking object integrity for data uploads'
const remove = ({ client, bucket, prefix }: S3Session, key: string) =>
  client.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + key }))

/** How many of several writes at once succeeded, and with what the others were refused. */
const race = async (writes: readonly ReturnType<S3Session['put']>[]) => {
  const outcomes = await Promise.all(writes.map(outcome))
  const refused = outcomes.filter(([status]) => status !== 200).map(([status]) => status)
  return {
    won: outcomes.length - refused.length,
    refused: [...new Set(refused)].filter(one => one !== 412 && one !== 409),
  }
}

/** Cases of PutObject with conditions and checksums, of deletes and of lists. */
export const writingCases: readonly S3Case[] = [
  {
    name: 'PUT with If-None-Match: * where there is no object',
    source: conditional,
    observe: async s3 => [await outcome(s3.put('a', 'one', { IfNoneMatch: '*' })), await s3.content('a')],
    expected: [[200], 'one'],
  },
  {
    name: 'PUT with If-None-Match: * where there is an object',
    source: conditional,
    observe: async s3 => {
      await s3.put('a', 'one')
      return [await outcome(s3.put('a', 'two', { IfNoneMatch: '*' })), await s3.content('a')]
    },
    expected: [[412, 'PreconditionFailed'], 'one'],
  },
  {
    name: 'PUT with If-None-Match: * where an object was deleted',
    source: conditional,
    observe: async s3 => {
      await s3.put('a', 'one')
      await remove(s3, 'a')
      return [await outcome(s3.put('a', 'two', { IfNoneMatch: '*' })), await s3.content('a')]
    },
    expected: [[200], 'two'],
  },
  {
    name: 'PUT with If-Match and the object’s ETag',
    source: conditional,
    observe: async s3 => {
      const { ETag } = await s3.put('a', 'one')
      return [await outcome(s3.put('a', 'two', { IfMatch: ETag })), await s3.content('a')]
    },
    expected: [[200], 'two'],
  },
  {
    name: 'PUT with If-Match and the ETag that the object had before',
    source: conditional,
    observe: async s3 => {
      const { ETag } = await s3.put('a', 'one')
      await s3.put('a', 'two')
      return [await outcome(s3.put('a', 'three', { IfMatch: ETag })), await s3.content('a')]
    },
    expected: [[412, 'PreconditionFailed'], 'two'],
  },
  {
    name: 'PUT with If-Match where there is no object',
    source: conditional,
    observe: async s3 => {
      const [status] = await outcome(s3.put('a', 'two', { IfMatch: '"8b04d5e3775d298e78455efc5ca404d5"' }))
      return [status, await s3.content('a')]
    },
    expected: [404, undefined],
  },
  {
    name: 'ten PUTs with If-None-Match: * at once',
    source: conditional,
    observe: s3 => race(Array.from({ length: 10 }, (_, number) => s3.put('a', `text ${number}`, { IfNoneMatch: '*' }))),
    expected: { won: 1, refused: [] },
  },
  {
    name: 'ten PUTs with If-Match and the same ETag at once',
    source: conditional,
    observe: async s3 => {
      const { ETag } = await s3.put('a', 'one')
      return race(Array.from({ length: 10 }, (_, number) => s3.put('a', `text ${number}`, { IfMatch: ETag })))
    },
    expected: { won: 1, refused: [] },
  },
  {
    name: 'PUT in place of an object',
    source: 'PutObject, Response: the whole object is stored, and a read after it sees it (UG, data consistency model)',
    observe: async s3 => {
      await s3.put('a', 'one', { ContentType: 'text/plain', CacheControl: 'no-store' })
      await s3.put('a', 'two', { ContentType: 'text/html' })
      const { CacheControl, ContentType } = await s3.get('a')
      return [await s3.content('a'), ContentType, CacheControl]
    },
    expected: ['two', 'text/html', undefined],
  },
  {
    name: 'PUT of bytes that are not those of the SHA-256 checksum',
    source: integrity,
    observe: async s3 => {
      const ChecksumSHA256 = base64('sha256', 'other')
      return [await outcome(s3.put('a', 'bytes', { ChecksumSHA256 })), await s3.content('a')]
    },
    expected: [[400, 'BadDigest'], undefined],
  },
  {
    name: 'PUT of bytes that are not those of Content-MD5',
    source: 'PutObject, Content-MD5; Error responses, BadDigest',
    observe: async s3 => {
      const ContentMD5 = base64('md5', 'other')
      return [await outcome(s3.put('a', 'bytes', { ContentMD5 })), await s3.content('a')]
    },
    expected: [[400, 'BadDigest'], undefined],
  },
  {
    name: 'the checksum of an object, given when it was put',
    source: `${integrity}; GetObject, x-amz-checksum-mode`,
    observe: async s3 => {
      const ChecksumSHA256 = base64('sha256', 'bytes')
      const put = await s3.put('a', 'bytes', { ChecksumSHA256 })
      const got = await s3.get('a', { ChecksumMode: 'ENABLED' })
      return [put.ChecksumSHA256, got.ChecksumSHA256].map(one => one === ChecksumSHA256)
    },
    expected: [true, true],
  },
  {
    name: 'DELETE, twice',
    source: 'DeleteObject: 204, also where there is no object (Error responses, NoSuchKey does not apply)',
    observe: async s3 => {
      await s3.put('a', 'one')
      return [await outcome(remove(s3, 'a')), await outcome(remove(s3, 'a')), await s3.content('a')]
    },
    expected: [[204], [204], undefined],
  },
  {
    name: 'DeleteObjects of an object and of one that is not there',
    source: 'DeleteObjects: what does not exist counts as deleted',
    observe: async s3 => {
      for (const key of ['a', 'b']) await s3.put(key, 'one')
      const Objects = ['a', 'none'].map(key => ({ Key: s3.prefix + key }))
      const reply = await s3.client.send(new DeleteObjectsCommand({ Bucket: s3.bucket, Delete: { Objects } }))
      const deleted = reply.Deleted?.map(one => one.Key?.slice(s3.prefix.length)).sort()
      return [deleted, reply.Errors ?? [], await s3.content('a'), await s3.content('b')]
    },
    expected: [['a', 'none'], [], undefined, 'one'],
  },
  {
    name: 'lists of objects, in pages, in the order of their keys’ UTF-8 bytes',
    source: 'ListObjectsV2',
    observe: async s3 => {
      for (const key of ['é', 'b', 'a/2', 'a/1', 'B']) await s3.put(key, 'one')
      const list = async (prefix: string, ContinuationToken?: string): Promise<string[][]> => {
        const { Contents = [], NextContinuationToken } = await s3.client.send(
          new ListObjectsV2Command({ Bucket: s3.bucket, Prefix: s3.prefix + prefix, MaxKeys: 2, ContinuationToken }),
        )
        const page = Contents.map(one => one.Key?.slice(s3.prefix.length) ?? '')
        return [page, ...(NextContinuationToken ? await list(prefix, NextContinuationToken) : [])]
      }
      return [await list(''), await list('a/'), await list('none')]
    },
    expected: [[['B', 'a/1'], ['a/2', 'b'], ['é']], [['a/1', 'a/2']], [[]]],
  },
]
