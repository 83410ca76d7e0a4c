import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListPartsCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import { objectKeyOf, type Stored } from './object-name.ts'

/** The variable that names the documents' bucket. */
export const DocumentsBucketEnvironment = z.object({ DOCUMENTS_BUCKET: z.string().check(z.minLength(3)) })

/** Milliseconds: a request takes some tens. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true } as const

/** Milliseconds: S3 copies some 100 MB a second. */
const copyTimeout = 40_000

/** A client of the documents' bucket, once per execution environment. */
export const documentsClient = (): S3Client => new S3Client({ maxAttempts: 3, requestHandler: timeouts })

/** An object as it is stored. `sha256`: as S3 tells it, with a hyphen and the number of parts where it was put in parts. */
export type StoredObject = { readonly length: number; readonly sha256: string | undefined }

export type StoredPart = {
  readonly number: number
  readonly etag: string
  readonly length: number
  readonly sha256: string
}

/** The objects of files. Every call throws what the client throws, but for what is documented as a result. */
export type StoredObjects = {
  /** Begins an upload in parts; gives its id. */
  readonly begin: (file: string, type: string) => Promise<string>
  /** Parts that were sent; undefined if there is no such upload any more. */
  readonly parts: (file: string, uploadId: string) => Promise<StoredPart[] | undefined>
  readonly complete: (file: string, uploadId: string, parts: readonly StoredPart[]) => Promise<void>
  readonly abort: (file: string, uploadId: string) => Promise<void>
  /** Copies an object of a file to the next one, with its tags. */
  readonly duplicate: (from: Stored, to: Stored) => Promise<void>
  /** Undefined if there is none. */
  readonly head: (file: Stored) => Promise<StoredObject | undefined>
  readonly firstBytes: (file: Stored, count: number) => Promise<Buffer>
  readonly tags: (file: Stored) => Promise<Readonly<Record<string, string>>>
  readonly remove: (file: Stored) => Promise<void>
}

const codeOf = (error: unknown): string => (error instanceof S3ServiceException ? error.name : '')

/** Undefined for the failure that there is nothing of that name. */
const orNone = async <Value>(found: Promise<Value>, ...codes: readonly string[]): Promise<Value | undefined> => {
  try {
    return await found
  } catch (error) {
    if (codes.includes(codeOf(error))) return undefined
    throw error
  }
}

export const openStoredObjects = (client: S3Client, bucket: string): StoredObjects => {
  const of = (file: Stored) => ({ Bucket: bucket, Key: objectKeyOf(file) })
  return {
    begin: async (file, type) => {
      const { UploadId = '' } = await client.send(
        new CreateMultipartUploadCommand({ ...of({ id: file }), ContentType: type, ChecksumAlgorithm: 'SHA256' }),
      )
      return UploadId
    },
    parts: async (file, UploadId) => {
      const reply = await orNone(client.send(new ListPartsCommand({ ...of({ id: file }), UploadId })), 'NoSuchUpload')
      return reply?.Parts?.map(({ PartNumber = 0, ETag = '', Size = 0, ChecksumSHA256 = '' }) => ({
        number: PartNumber,
        etag: ETag,
        length: Size,
        sha256: ChecksumSHA256,
      }))
    },
    complete: async (file, UploadId, parts) => {
      const Parts = parts.map(({ number, etag, sha256 }) => ({
        PartNumber: number,
        ETag: etag,
        ChecksumSHA256: sha256,
      }))
      await client.send(
        new CompleteMultipartUploadCommand({ ...of({ id: file }), UploadId, MultipartUpload: { Parts } }),
      )
    },
    abort: async (file, UploadId) => {
      await orNone(client.send(new AbortMultipartUploadCommand({ ...of({ id: file }), UploadId })), 'NoSuchUpload')
    },
    duplicate: async (from, to) => {
      await client.send(new CopyObjectCommand({ ...of(to), CopySource: `${bucket}/${objectKeyOf(from)}` }), {
        requestTimeout: copyTimeout,
      })
    },
    head: async file => {
      const reply = await orNone(
        client.send(new HeadObjectCommand({ ...of(file), ChecksumMode: 'ENABLED' })),
        'NotFound',
        'NoSuchKey',
      )
      return reply && { length: reply.ContentLength ?? 0, sha256: reply.ChecksumSHA256 }
    },
    firstBytes: async (file, count) => {
      // Of an empty file there is no range.
      const range = client.send(new GetObjectCommand({ ...of(file), Range: `bytes=0-${count - 1}` }))
      const reply = await orNone(range, 'InvalidRange')
      return Buffer.from((await reply?.Body?.transformToByteArray()) ?? [])
    },
    tags: async file => {
      const reply = await orNone(client.send(new GetObjectTaggingCommand(of(file))), 'NoSuchKey')
      return Object.fromEntries((reply?.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))
    },
    remove: async file => {
      await client.send(new DeleteObjectCommand(of(file)))
    },
  }
}
