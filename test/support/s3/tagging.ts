import { GetObjectTaggingCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3'
import type { S3Case } from './case.ts'
import { outcome, type S3Session } from './session.ts'

const limits = 'UG, Categorizing your objects using tags'

const tag = (s3: S3Session, tags: readonly (readonly [string, string])[]) =>
  s3.client.send(
    new PutObjectTaggingCommand({
      Bucket: s3.bucket,
      Key: `${s3.prefix}a`,
      Tagging: { TagSet: tags.map(([Key, Value]) => ({ Key, Value })) },
    }),
  )

const tagsOf = async (s3: S3Session) => {
  const { TagSet = [] } = await s3.client.send(new GetObjectTaggingCommand({ Bucket: s3.bucket, Key: `${s3.prefix}a` }))
  return TagSet.map(({ Key, Value }) => [Key, Value])
}

/** Cases of tags, and of headers that a signed GET has replaced. */
export const taggingCases: readonly S3Case[] = [
  {
    name: 'tags given with an object, replaced, and gone with a new object in its place',
    source: 'PutObject, x-amz-tagging; PutObjectTagging; GetObjectTagging',
    observe: async s3 => {
      await s3.put('a', 'one', { Tagging: 'state=new&of=a+class' })
      const given = await tagsOf(s3)
      await tag(s3, [['state', 'clean']])
      const replaced = await tagsOf(s3)
      const content = await s3.content('a')
      await s3.put('a', 'two')
      return [given, replaced, content, await tagsOf(s3)]
    },
    expected: [
      [
        ['state', 'new'],
        ['of', 'a class'],
      ],
      [['state', 'clean']],
      'one',
      [],
    ],
  },
  {
    name: 'tags of an object that is not there',
    source: 'GetObjectTagging; PutObjectTagging; Error responses, NoSuchKey',
    observe: async s3 => [
      await outcome(tag(s3, [['state', 'clean']])),
      await outcome(tagsOf(s3).then(() => ({ $metadata: {} }))),
    ],
    expected: [
      [404, 'NoSuchKey'],
      [404, 'NoSuchKey'],
    ],
  },
  {
    name: 'eleven tags, and two with the same key',
    source: `${limits}; PutObjectTagging, InvalidTag`,
    observe: async s3 => {
      await s3.put('a', 'one')
      const eleven = Array.from({ length: 11 }, (_, at) => [`t${at}`, 'x'] as const)
      const [status] = await outcome(tag(s3, eleven))
      const twice = await outcome(
        tag(s3, [
          ['t', '1'],
          ['t', '2'],
        ]),
      )
      return [status, twice, await tagsOf(s3)]
    },
    expected: [400, [400, 'InvalidTag'], []],
  },
  {
    name: 'presigned GET that has the type and the disposition replaced',
    source: 'GetObject, Overriding Response Header Values Through the Request',
    observe: async s3 => {
      await s3.put('a', 'one', { ContentType: 'text/html' })
      const disposition = `attachment; filename="a.pdf"; filename*=UTF-8''%C3%A9t%C3%A9.pdf`
      const url = await s3.presign({
        method: 'GET',
        key: 'a',
        query: { 'response-content-disposition': disposition, 'response-content-type': 'application/octet-stream' },
      })
      const { headers } = await fetch(url)
      return [headers.get('content-disposition') === disposition, headers.get('content-type')]
    },
    expected: [true, 'application/octet-stream'],
  },
]
