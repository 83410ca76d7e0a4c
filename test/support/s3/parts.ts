import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { S3Case } from './case.ts'
import { base64, outcome, type S3Session, statusOf } from './session.ts'

const overview = 'UG, Uploading and copying objects using multipart upload'
/** The least size of each part but the last (UG, Amazon S3 multipart upload limits). */
const first = 'a'.repeat(5 * 1024 * 1024)
const last = 'the end'
const bytes = (algorithm: string, text: string) => createHash(algorithm).update(text).digest()
const sumOf = (algorithm: string, parts: readonly string[]) =>
  createHash(algorithm)
    .update(Buffer.concat(parts.map(part => bytes(algorithm, part))))
    .digest()

type Part = { readonly PartNumber: number; readonly ETag?: string; readonly ChecksumSHA256?: string }

/** An upload in parts of one object. */
const upload = async ({ client, bucket, prefix }: S3Session, key = 'a') => {
  const of = { Bucket: bucket, Key: prefix + key }
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...of, ContentType: 'video/mp4', ChecksumAlgorithm: 'SHA256' }),
  )
  return {
    id: UploadId ?? '',
    part: async (PartNumber: number, Body: string): Promise<Part> => {
      const ChecksumSHA256 = base64('sha256', Body)
      const { ETag = '' } = await client.send(
        new UploadPartCommand({ ...of, UploadId, PartNumber, Body, ChecksumSHA256 }),
      )
      return { PartNumber, ETag, ChecksumSHA256 }
    },
    list: async () => (await client.send(new ListPartsCommand({ ...of, UploadId }))).Parts ?? [],
    complete: (Parts: readonly Part[]) =>
      client.send(new CompleteMultipartUploadCommand({ ...of, UploadId, MultipartUpload: { Parts: [...Parts] } })),
    abort: () => client.send(new AbortMultipartUploadCommand({ ...of, UploadId })),
  }
}

/** How an upload of these parts is completed, or refused. */
const completing = async (s3: S3Session, sizes: readonly string[], change: (parts: Part[]) => Part[]) => {
  const { part, complete } = await upload(s3)
  const parts: Part[] = []
  for (const [at, text] of sizes.entries()) parts.push(await part(at + 1, text))
  return [await outcome(complete(change(parts))), (await s3.content('a'))?.length]
}

/** Cases of multipart uploads. */
export const partsCases: readonly S3Case[] = [
  {
    name: 'an upload in two parts, of which the last is short',
    source: `${overview}; CompleteMultipartUpload`,
    observe: async s3 => {
      const { part, complete } = await upload(s3)
      // In any order, and at once.
      const [two, one] = [await part(2, last), await part(1, first)]
      const before = await s3.content('a')
      const { ETag } = await complete([one, two])
      const { ContentType } = await s3.get('a')
      return [before, (await s3.content('a')) === first + last, ETag, ContentType]
    },
    expected: [undefined, true, `"${sumOf('md5', [first, last]).toString('hex')}-2"`, 'video/mp4'],
  },
  {
    name: 'the checksum of an object put in parts: that of its parts’ checksums',
    source: 'UG, Checking object integrity for data uploads, Composite checksums',
    observe: async s3 => {
      const { part, complete } = await upload(s3)
      await complete([await part(1, first), await part(2, last)])
      const { ChecksumSHA256, ContentLength } = await s3.client.send(
        new HeadObjectCommand({ Bucket: s3.bucket, Key: `${s3.prefix}a`, ChecksumMode: 'ENABLED' }),
      )
      return [ChecksumSHA256, ContentLength]
    },
    expected: [`${sumOf('sha256', [first, last]).toString('base64')}-2`, first.length + last.length],
  },
  {
    name: 'the parts of an upload, as they were sent',
    source: 'ListParts',
    observe: async s3 => {
      const { part, list } = await upload(s3)
      await part(1, 'one')
      await part(3, 'three')
      await part(1, 'other')
      return (await list()).map(one => [one.PartNumber, one.ETag?.replaceAll('"', ''), one.Size, one.ChecksumSHA256])
    },
    expected: [
      [1, bytes('md5', 'other').toString('hex'), 5, base64('sha256', 'other')],
      [3, bytes('md5', 'three').toString('hex'), 5, base64('sha256', 'three')],
    ],
  },
  {
    name: 'completing an upload whose first part is too small',
    source: 'CompleteMultipartUpload, EntityTooSmall',
    observe: s3 => completing(s3, ['small', last], parts => parts),
    expected: [[400, 'EntityTooSmall'], undefined],
  },
  {
    name: 'completing an upload with a part that was not sent',
    source: 'CompleteMultipartUpload, InvalidPart',
    observe: s3 => completing(s3, [first], parts => [...parts, { PartNumber: 2, ETag: parts[0]?.ETag ?? '' }]),
    expected: [[400, 'InvalidPart'], undefined],
  },
  {
    name: 'completing an upload with parts out of order',
    source: 'CompleteMultipartUpload, InvalidPartOrder',
    observe: s3 => completing(s3, [first, last], parts => parts.toReversed()),
    expected: [[400, 'InvalidPartOrder'], undefined],
  },
  {
    name: 'an upload that was aborted, completed, or never begun',
    source: 'AbortMultipartUpload; Error responses, NoSuchUpload',
    observe: async s3 => {
      const aborted = await upload(s3)
      const part = await aborted.part(1, 'one')
      const [ended] = await outcome(aborted.abort())
      const completed = await upload(s3, 'b')
      await completed.complete([await completed.part(1, 'one')])
      return [
        ended,
        await outcome(aborted.complete([part])),
        await outcome(completed.list().then(() => ({ $metadata: {} }))),
        await s3.content('a'),
      ]
    },
    expected: [204, [404, 'NoSuchUpload'], [404, 'NoSuchUpload'], undefined],
  },
  {
    name: 'presigned PUT of a part: as signed, of another length, and of other bytes',
    source: 'UploadPart; Authenticating Requests: Using Query Parameters (AWS Signature Version 4)',
    observe: async s3 => {
      const { id } = await upload(s3)
      const headers = { 'x-amz-checksum-sha256': base64('sha256', last) }
      const url = await s3.presign({
        method: 'PUT',
        key: 'a',
        headers: { ...headers, 'content-length': String(last.length) },
        query: { partNumber: '1', uploadId: id },
      })
      const put = async (body: string) => statusOf(await fetch(url, { method: 'PUT', headers, body }))
      return [await put(`${last}s`), await put('the and'), await put(last)]
    },
    expected: [[403, 'SignatureDoesNotMatch'], [400, 'BadDigest'], [200]],
  },
]
