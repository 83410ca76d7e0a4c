import { beforeEach, describe, expect, it } from 'vitest'
import { bucket, emptyS3 } from './s3-fixture.ts'

const s3 = emptyS3()

describe('origin(): a bucket behind the edge', () => {
  beforeEach(async () => {
    s3.storage.allowEdge(bucket, { read: true, list: false })
    await s3.owner.put('school/news é', '0123456789', { ContentType: 'application/json', CacheControl: 'max-age=55' })
  })
  const url = '/school/news%20%C3%A9'

  it('answers with the object and its headers', async () => {
    const { status, headers, body } = await s3.fromEdge(url)
    expect([status, body.toString()]).toEqual([200, '0123456789'])
    expect(headers).toMatchObject({
      'cache-control': ['max-age=55'],
      'content-type': ['application/json'],
      'accept-ranges': ['bytes'],
      etag: ['"781e5e245d69b566979b86e28d23f2c7"'],
      'last-modified': [expect.stringMatching(/ GMT$/)],
    })
  })

  it('answers 304 to the ETag that the edge holds, and with a range of the same object', async () => {
    const etag = (await s3.fromEdge(url)).headers.etag ?? []
    const notModified = await s3.fromEdge(url, { 'if-none-match': etag })
    expect([notModified.status, notModified.body.length, notModified.headers.etag]).toEqual([304, 0, etag])
    const range = ['bytes=2-3']
    const part = await s3.fromEdge(url, { range, 'if-range': etag })
    expect([part.status, part.body.toString(), part.headers['content-range']]).toEqual([206, '23', ['bytes 2-3/10']])
    expect((await s3.fromEdge(url, { range, 'if-range': ['"other"'] })).status).toBe(200)
    expect(await s3.fromEdge(url, { range: ['bytes=10-'] })).toMatchObject({ status: 416, code: 'InvalidRange' })
  })

  it('says of a missing object that it is missing only where the edge may list', async () => {
    expect(await s3.fromEdge('/none')).toMatchObject({ status: 403, code: 'AccessDenied' })
    s3.storage.allowEdge(bucket, { read: true, list: true })
    expect(await s3.fromEdge('/none')).toMatchObject({ status: 404, code: 'NoSuchKey' })
    expect(await s3.fromEdge('/')).toMatchObject({ status: 403, code: 'AccessDenied' })
  })

  it('gives nothing to an edge that may not read, and takes nothing from it', async () => {
    s3.storage.allowEdge(bucket, { read: false, list: false })
    expect(await s3.fromEdge(url)).toMatchObject({ status: 403, code: 'AccessDenied' })
    s3.storage.bucket('unknown')
    const unknown = await s3.storage.origin('unknown')({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) })
    expect(unknown.status).toBe(403)
    s3.storage.allowEdge(bucket, { read: true, list: true })
    expect((await s3.fromEdge(url, {}, 'PUT')).status).toBe(405)
    expect((await s3.fromEdge(`${url}?versionId=null`)).status).toBe(501)
  })
})
