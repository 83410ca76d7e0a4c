import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { Headers, Origin, OriginReply } from './http.ts'
import { credentials } from './loopback.ts'

/** An embedded S3 that stores its objects in a folder. */
export type Storage = {
  readonly endpoint: string
  readonly client: S3Client
  /** Creates the bucket unless it exists. */
  readonly bucket: (name: string) => Promise<void>
  /** The bucket as an origin of the edge. */
  readonly origin: (bucket: string) => Origin
  readonly close: () => Promise<void>
}

/** The part of s3rver's interface used here; the package declares no types. */
type S3rver = new (options: {
  address: string
  port: number
  silent: boolean
  directory: string
  vhostBuckets: boolean
  allowMismatchedSignatures: boolean
}) => { run: () => Promise<AddressInfo>; close: () => Promise<void>; httpServer: { closeAllConnections: () => void } }

const errorReply = (status: number, code: string): OriginReply => ({
  status,
  headers: { 'content-type': ['application/xml'] },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`),
})

const origin =
  (client: S3Client, bucket: string): Origin =>
  async ({ method, url, headers }) => {
    if (method !== 'GET' && method !== 'HEAD') return errorReply(405, 'MethodNotAllowed')
    const Key = decodeURIComponent((url.split('?')[0] ?? '').slice(1))
    if (Key === '') return errorReply(403, 'AccessDenied')
    try {
      const Range = headers.range?.[0]
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key, ...(Range && { Range }) }))
      const body = Buffer.from((await object.Body?.transformToByteArray()) ?? [])
      const reply: Headers = {}
      const set = (name: string, value: string | undefined) => {
        if (value) reply[name] = [value]
      }
      set('content-type', object.ContentType)
      set('cache-control', object.CacheControl)
      set('content-encoding', object.ContentEncoding)
      set('content-disposition', object.ContentDisposition)
      set('content-language', object.ContentLanguage)
      set('content-range', object.ContentRange)
      set('etag', object.ETag)
      set('last-modified', object.LastModified?.toUTCString())
      set('accept-ranges', 'bytes')
      // s3rver ignores If-None-Match, so it is compared here.
      const known = headers['if-none-match']?.[0]?.split(',').map(tag => tag.trim().replace(/^W\//, ''))
      if (object.ETag && known?.includes(object.ETag)) return { status: 304, headers: reply, body: Buffer.alloc(0) }
      return { status: object.ContentRange ? 206 : 200, headers: reply, body }
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error
      return errorReply(error.$metadata.httpStatusCode ?? 500, error.name)
    }
  }

/** Starts an S3 that stores its objects in `folder`. */
export const openStorage = async (folder: string, region: string): Promise<Storage> => {
  mkdirSync(folder, { recursive: true })
  const Server = createRequire(import.meta.url)('s3rver') as S3rver
  const server = new Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    vhostBuckets: false,
    allowMismatchedSignatures: true,
  })
  const { port } = await server.run()
  const endpoint = `http://127.0.0.1:${port}`
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  const bucket = async (name: string): Promise<void> => {
    try {
      await client.send(new HeadBucketCommand({ Bucket: name }))
    } catch {
      await client.send(new CreateBucketCommand({ Bucket: name }))
    }
  }
  return {
    endpoint,
    client,
    bucket,
    origin: name => origin(client, name),
    close: async () => {
      client.destroy()
      server.httpServer.closeAllConnections()
      await server.close()
    },
  }
}
