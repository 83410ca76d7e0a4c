import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { CopyObjectCommand, GetObjectAclCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { beforeEach, describe, expect, it } from 'vitest'
import { startChildProcess, waitForExit } from '../../../lib/local/child-process.ts'
import { credentials } from '../../../lib/local/loopback.ts'
import { openStorage } from '../../../lib/local/storage.ts'
import { openSession, outcome, statusOf } from '../../support/s3/session.ts'
import { bucket, emptyS3, region } from './s3-fixture.ts'

const s3 = emptyS3()

/** A PUT of which the server has accepted the headers, and has read nothing of the body. */
const startedPut = async (url: string, headers: Readonly<Record<string, string>>) => {
  const put = request(url, { method: 'PUT', headers: { ...headers, expect: '100-continue' } })
  put.flushHeaders()
  await once(put, 'continue')
  return put
}

describe('openStorage()', () => {
  it('refuses operations, parameters and headers that it does not know, rather than ignore them', async () => {
    await s3.owner.put('a', 'one')
    const { ETag } = await s3.owner.get('a')
    const refused = [501, 'NotImplemented']
    expect(await outcome(s3.owner.client.send(new GetObjectAclCommand({ Bucket: bucket, Key: 'a' })))).toEqual(refused)
    const Tagging = 'state=clean'
    const copy = new CopyObjectCommand({ Bucket: bucket, Key: 'b', CopySource: `${bucket}/a`, Tagging })
    expect(await outcome(s3.owner.client.send(copy))).toEqual(refused)
    expect(await outcome(s3.owner.get('a', { VersionId: 'null' }))).toEqual(refused)
    for (const more of [
      { ServerSideEncryption: 'aws:kms' },
      { Metadata: { by: 'somebody' } },
      { Expires: new Date() },
      { IfNoneMatch: ETag },
      { IfMatch: ETag, IfNoneMatch: '*' },
      { ChecksumAlgorithm: 'CRC32C' },
    ] as const)
      expect(await outcome(s3.owner.put('b', 'two', more)), JSON.stringify(more)).toEqual(refused)
    expect(await s3.owner.content('b')).toBeUndefined()
  })

  it('refuses a conditional write whose object was deleted while its body was sent', async () => {
    const { ETag = '' } = await s3.owner.put('matched', 'one')
    await s3.owner.put('absent', 'one')
    const conditions = [
      ['matched', { 'if-match': ETag }],
      ['absent', { 'if-none-match': '*' }],
    ] as const
    const statuses = await Promise.all(
      conditions.map(async ([key, condition]) => {
        const body = 'two'
        const headers = { ...condition, 'content-length': String(body.length) }
        const url = await s3.owner.presign({ method: 'PUT', key, headers })
        const put = await startedPut(url, headers)
        put.write(body.slice(0, 1))
        await (await fetch(await s3.owner.presign({ method: 'DELETE', key }), { method: 'DELETE' })).text()
        put.end(body.slice(1))
        const [reply] = await once(put, 'response')
        reply.resume()
        return [reply.statusCode, await s3.owner.content(key)]
      }),
    )
    expect(statuses).toEqual([
      [404, undefined],
      [409, undefined],
    ])
  })

  it('stores nothing of a PUT whose body ends early', async () => {
    await s3.owner.put('a', 'one')
    const headers = { 'content-length': '1000' }
    const put = await startedPut(await s3.owner.presign({ method: 'PUT', key: 'a', headers }), headers)
    put.on('error', () => {})
    put.write('half')
    put.destroy()
    expect(await s3.owner.content('a')).toBe('one')
  })

  it('refuses a body of unknown length, and a form', async () => {
    const url = await s3.owner.presign({ method: 'PUT', key: 'a' })
    const put = request(url, { method: 'PUT', headers: { 'transfer-encoding': 'chunked' } })
    put.end('bytes')
    const [reply] = await once(put, 'response')
    reply.resume()
    expect(reply.statusCode).toBe(411)
    const form = new FormData()
    form.set('key', 'a')
    form.set('file', new Blob(['bytes']))
    const posted = await fetch(`${s3.storage.endpoint}/${bucket}`, { method: 'POST', body: form })
    expect(await statusOf(posted)).toEqual([501, 'NotImplemented'])
    expect(await s3.owner.content('a')).toBeUndefined()
  })

  it('has its objects again after it was closed', async () => {
    await s3.owner.put('a', 'one', { ContentType: 'text/plain' })
    await s3.reopen()
    const { text, ContentType } = await s3.owner.get('a')
    expect([text, ContentType]).toEqual(['one', 'text/plain'])
  })

  it('loses no acknowledged object when its process is killed', async () => {
    const data = join(s3.folder, 'killed')
    const program = join(import.meta.dirname, 'storage-process.ts')
    const child = startChildProcess(process.execPath, [program, data], process.env, { messages: true })
    const [endpoint] = await once(child, 'message')
    const killed = openSession({ endpoint, region, credentials, bucket }, '')
    const acknowledged: number[] = []
    const write = async (from: number) => {
      for (let number = from; ; number += 4) {
        await killed.put(`object ${number}`, `text ${number}`)
        acknowledged.push(number)
        if (acknowledged.length === 100) child.kill('SIGKILL')
      }
    }
    await Promise.allSettled([1, 2, 3, 4].map(write))
    killed.close()
    await waitForExit(child)
    const again = await openStorage({ folder: data, region })
    const survived = openSession({ endpoint: again.endpoint, region, credentials, bucket }, '')
    try {
      expect(acknowledged.length).toBeGreaterThanOrEqual(100)
      for (const number of acknowledged) expect(await survived.content(`object ${number}`)).toBe(`text ${number}`)
    } finally {
      survived.close()
      await again.close()
    }
  })

  it('disturb() makes a bucket fail or hang, and nothing else, until it ends', async () => {
    s3.storage.bucket('other')
    s3.storage.allowEdge(bucket, { read: true, list: true })
    await s3.owner.put('a', 'one')
    s3.storage.disturb(bucket, { status: 503, code: 'SlowDown' })
    expect(await outcome(s3.owner.get('a'))).toEqual([503, 'SlowDown'])
    expect(await s3.fromEdge('/a')).toMatchObject({ status: 503, code: 'SlowDown' })
    const elsewhere = new PutObjectCommand({ Bucket: 'other', Key: 'a', Body: 'one' })
    expect(await outcome(s3.owner.client.send(elsewhere))).toEqual([200])
    s3.storage.disturb(bucket, 'hang')
    const answered: string[] = []
    const edge = s3.fromEdge('/a').then(({ status }) => answered.push(`edge ${status}`))
    const sdk = s3.owner.get('a').then(({ text }) => answered.push(`sdk ${text}`))
    await s3.owner.client.send(elsewhere)
    expect(answered).toEqual([])
    s3.storage.disturb(bucket, undefined)
    await Promise.all([edge, sdk])
    expect(answered.sort()).toEqual(['edge 200', 'sdk one'])
  })
})

describe('addressOf(): a bucket to which pages put files', () => {
  const pages = 'http://localhost:8000'
  const asked = {
    origin: pages,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type,x-amz-checksum-sha256',
  }
  const ask = async (headers: Record<string, string>) =>
    fetch(`${await s3.storage.addressOf(bucket)}/news/1`, { method: 'OPTIONS', headers })
  beforeEach(() => {
    s3.storage.allowPages(bucket, [
      { methods: ['PUT'], headers: ['content-type', 'x-amz-checksum-sha256'], maxAge: 60 },
    ])
    s3.storage.servePagesAt(pages)
  })

  it('answers preflight requests by the rules, for the pages of the territory', async () => {
    const reply = await ask(asked)
    expect([reply.status, Object.fromEntries(reply.headers)]).toMatchObject([
      200,
      {
        'access-control-allow-origin': pages,
        'access-control-allow-methods': 'PUT',
        'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
        'access-control-max-age': '60',
      },
    ])
  })

  it.each([
    ['another origin', { origin: 'http://localhost:8001' }],
    ['another method', { 'access-control-request-method': 'DELETE' }],
    ['another header', { 'access-control-request-headers': 'content-type,x-amz-acl' }],
  ])('refuses %s', async (_, changed) => {
    const reply = await ask({ ...asked, ...changed })
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    expect(await statusOf(reply)).toEqual([403, 'AccessForbidden'])
  })

  it('lets the pages read its replies, errors too, and no others', async () => {
    const url = `${await s3.storage.addressOf(bucket)}/news/1`
    const put = async (origin: string) => fetch(url, { method: 'PUT', headers: { origin }, body: 'unsigned' })
    const [ours, others] = [await put(pages), await put('http://localhost:8001')]
    expect([ours.status, ours.headers.get('access-control-allow-origin')]).toEqual([403, pages])
    expect([others.status, others.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })
})
