import { CopyObjectCommand, GetObjectTaggingCommand } from '@aws-sdk/client-s3'
import type { S3Case } from './case.ts'
import { outcome, type S3Session } from './session.ts'

const copy = (s3: S3Session, from: string, to: string) => {
  const CopySource = `${s3.bucket}/${encodeURIComponent(`${s3.prefix}${from}`)}`
  return s3.client.send(new CopyObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}${to}`, CopySource }))
}

/** Cases of copies without directives. */
export const copyingCases: readonly S3Case[] = [
  {
    name: 'a copy has the headers and the tags of its source, which stays',
    source: 'CopyObject, x-amz-metadata-directive and x-amz-tagging-directive: COPY by default',
    observe: async s3 => {
      await s3.put('été 1', 'one', { ContentType: 'text/plain', Tagging: 'state=clean' })
      await copy(s3, 'été 1', 'b')
      const { ContentType, ETag } = await s3.get('b')
      const tags = await s3.client.send(new GetObjectTaggingCommand({ Bucket: s3.bucket, Key: `${s3.prefix}b` }))
      const isSame = ETag === (await s3.get('été 1')).ETag
      return [await s3.content('b'), ContentType, isSame, tags.TagSet?.map(({ Key, Value }) => [Key, Value])]
    },
    expected: ['one', 'text/plain', true, [['state', 'clean']]],
  },
  {
    name: 'a copy of what is not there, and of something to itself',
    source: 'CopyObject; Error responses, NoSuchKey and InvalidRequest',
    observe: async s3 => {
      await s3.put('a', 'one')
      return [await outcome(copy(s3, 'none', 'b')), await outcome(copy(s3, 'a', 'a'))]
    },
    expected: [
      [404, 'NoSuchKey'],
      [400, 'InvalidRequest'],
    ],
  },
]
