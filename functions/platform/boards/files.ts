import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import type { EdgeCache } from '../../../shared/kernel/route.ts'
import { cacheControl } from '../http.ts'

/** The variable that names the bucket of boards and indexes. */
export const BoardsEnvironment = z.object({ BOARDS_BUCKET: z.string().check(z.minLength(3)) })

/** Milliseconds: a request to the bucket takes some tens. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } as const

/** A client of the boards' bucket, once per execution environment: three attempts, each of 3 seconds at most. */
export const boardsClient = (): S3Client => new S3Client({ maxAttempts: 3, requestHandler: timeouts })

/** A file of the boards' bucket as it was read. */
export type StoredFile = {
  readonly etag: string
  readonly body: string
  /** When it was put, by the bucket's clock: a whole second. */
  readonly putAt?: Date | undefined
}

/** The condition of a put: the file that was read before is still the same, or there was none and still is none. */
export type Expected = StoredFile | undefined

/** The boards' bucket. Paths begin with a slash, as at the edge; the object's key is the path without it. */
export type BoardFiles = {
  /** The file's content and ETag; undefined if there is none. */
  readonly get: (path: string) => Promise<StoredFile | undefined>
  /** Puts a file if it is as `expected`. False if it is not. */
  readonly put: (path: string, body: string, cache: EdgeCache, expected: Expected) => Promise<boolean>
  /** Milliseconds until a file that was read may be put again, where it is put at most once a second. */
  readonly untilPutAgain: (file: StoredFile) => number
  /** Deletes files; it is no error if there are none. */
  readonly remove: (paths: readonly string[]) => Promise<void>
}

/** Milliseconds. */
const second = 1_000

/** Objects that one request deletes at most (Amazon S3 API Reference, "DeleteObjects"). */
const mostDeleted = 1_000

const keyOf = (path: string): string => path.slice(1)

const codeOf = (error: unknown): string => (error instanceof S3ServiceException ? error.name : '')

/**
 * What a conditional put answers if the object is not as expected: it is another one, there is none, or another request
 * on it is in progress. Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes".
 */
const refusals: ReadonlySet<string> = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'])

/** Opens the boards' bucket. Every call throws what the client throws, but for what is documented as a result. */
export const openBoardFiles = (client: S3Client, bucket: string): BoardFiles => ({
  get: async path => {
    try {
      const { ETag, Body, LastModified } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(path) }))
      return { etag: ETag ?? '', body: (await Body?.transformToString()) ?? '', putAt: LastModified }
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw error
    }
  },

  put: async (path, body, cache, expected) => {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(path),
          Body: body,
          ContentType: 'application/json',
          CacheControl: cacheControl(cache),
          ...(expected ? { IfMatch: expected.etag } : { IfNoneMatch: '*' }),
        }),
      )
      return true
    } catch (error) {
      if (refusals.has(codeOf(error))) return false
      throw error
    }
  },

  untilPutAgain: ({ putAt }) => {
    const age = Date.now() - (putAt?.getTime() ?? 0)
    // A clock that is further ahead or behind is not waited for.
    return Math.abs(age) < second ? second - age : 0
  },

  remove: async paths => {
    for (let from = 0; from < paths.length; from += mostDeleted) {
      const Objects = paths.slice(from, from + mostDeleted).map(path => ({ Key: keyOf(path) }))
      const { Errors } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      )
      if (Errors?.length) throw new Error(`${Errors.length} files of boards were not deleted: ${Errors[0]?.Code}`)
    }
  },
})
