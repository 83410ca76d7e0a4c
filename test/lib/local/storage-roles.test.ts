import { DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterEach, describe, expect, it } from 'vitest'
import { credentials } from '../../../lib/local/loopback.ts'
import { allowedBy, s3Statements } from '../../../lib/local/role-policy.ts'
import { openSession, outcome, type S3Session, statusOf } from '../../support/s3/session.ts'
import { bucket, emptyS3, region } from './s3-fixture.ts'

const s3 = emptyS3()

describe('credentialsOf(): a caller with the rights of a role', () => {
  const arn = `arn:aws:s3:::${bucket}`
  const sessions: S3Session[] = []
  afterEach(() => {
    for (const session of sessions.splice(0)) session.close()
  })
  const as = (...statements: [action: string | string[], resource: string][]): S3Session => {
    const declared = statements.map(([Action, Resource]) => ({ Effect: 'Allow' as const, Action, Resource }))
    const variables = s3.storage.credentialsOf(
      `caller-${sessions.length}`,
      allowedBy(() => s3Statements(declared)),
    )
    const sessionToken = variables.AWS_SESSION_TOKEN ?? ''
    const target = { endpoint: s3.storage.endpoint, region, credentials: { ...credentials, sessionToken }, bucket }
    const session = openSession(target, '')
    sessions.push(session)
    return session
  }
  const denied = [403, 'AccessDenied']
  const list = ({ client }: S3Session) => outcome(client.send(new ListObjectsV2Command({ Bucket: bucket })))
  const remove = ({ client }: S3Session, Key: string) =>
    outcome(client.send(new DeleteObjectCommand({ Bucket: bucket, Key })))

  it('may do what its role allows, to the objects that it allows', async () => {
    const writer = as([['s3:PutObject', 's3:DeleteObject'], `${arn}/news/*`])
    expect(await outcome(writer.put('news/1', 'one'))).toEqual([200])
    expect(await outcome(writer.put('work/1', 'one'))).toEqual(denied)
    expect(await outcome(writer.get('news/1'))).toEqual(denied)
    expect(await remove(writer, 'work/1')).toEqual(denied)
    expect(await list(writer)).toEqual(denied)
    expect(await list(as(['s3:ListBucket', arn]))).toEqual([200])
    expect(await remove(writer, 'news/1')).toEqual([204])
  })

  it('needs s3:GetObject beside s3:PutObject for If-Match', async () => {
    const { ETag } = await s3.owner.put('a', 'one')
    const writer = as(['s3:PutObject', `${arn}/*`])
    expect(await outcome(writer.put('a', 'two', { IfMatch: ETag }))).toEqual(denied)
    expect(await outcome(writer.put('a', 'two', { IfNoneMatch: '*' }))).toEqual([412, 'PreconditionFailed'])
    const reader = as([['s3:PutObject', 's3:GetObject'], `${arn}/*`])
    expect(await outcome(reader.put('a', 'two', { IfMatch: ETag }))).toEqual([200])
  })

  it('learns that an object is missing only if it may list', async () => {
    expect(await outcome(as(['s3:GetObject', `${arn}/*`]).get('none'))).toEqual(denied)
    const lister = as(['s3:GetObject', `${arn}/*`], ['s3:ListBucket', arn])
    expect(await outcome(lister.get('none'))).toEqual([404, 'NoSuchKey'])
  })

  it('is told of each of several objects whether it was deleted', async () => {
    for (const key of ['news/1', 'work/1']) await s3.owner.put(key, 'one')
    const Objects = [{ Key: 'news/1' }, { Key: 'work/1' }]
    const { Deleted, Errors } = await as(['s3:DeleteObject', `${arn}/news/*`]).client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }),
    )
    expect([Deleted, Errors]).toEqual([
      [{ Key: 'news/1' }],
      [{ Key: 'work/1', Code: 'AccessDenied', Message: 'Access Denied' }],
    ])
    expect([await s3.owner.content('news/1'), await s3.owner.content('work/1')]).toEqual([undefined, 'one'])
  })

  it('gives its rights to the URLs that it signs, and none to a token that is not known', async () => {
    const writer = as(['s3:PutObject', `${arn}/news/*`])
    const put = async (key: string) =>
      fetch(await writer.presign({ method: 'PUT', key }), { method: 'PUT', body: 'one' })
    expect(await statusOf(await put('news/1'))).toEqual([200])
    expect(await statusOf(await put('work/1'))).toEqual(denied)
    const unknown = s3.owner.clientOf({ ...credentials, sessionToken: 'another-token' })
    expect(await outcome(unknown.send(new GetObjectCommand({ Bucket: bucket, Key: 'news/1' })))).toEqual([
      400,
      'InvalidToken',
    ])
    unknown.destroy()
  })

  it('s3Statements() leaves out other services, and throws for what is not evaluated', () => {
    const other = { Effect: 'Allow' as const, Action: 'dynamodb:GetItem', Resource: '*', Condition: {} }
    const own = { Effect: 'Allow' as const, Action: 's3:GetObject', Resource: `${arn}/*` }
    expect(s3Statements([other, own])).toEqual([own])
    for (const odd of [
      { ...own, Effect: 'Deny' as const },
      { ...own, Condition: {} },
    ])
      expect(() => s3Statements([odd])).toThrow('s3:GetObject')
  })
})
