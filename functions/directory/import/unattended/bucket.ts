import { createWriteStream } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { isArchive } from '../feed/file.ts'
import { ImportRefused } from '../feed/finding.ts'

/**
 * The feeds' bucket: deliveries, which lie under `deliveries/` as they came, and under `staged/` what a step leaves for the
 * next one.
 */
export type FeedBucket = {
  /** Copies a delivery into a folder; gives the path to import. Throws ImportRefused if it is not there any more. */
  readonly fetch: (delivery: string, folder: string) => Promise<string>
  /** Stores a file in parts; gives their number. */
  readonly keep: (run: string, file: string) => Promise<number>
  readonly restore: (run: string, parts: number, file: string) => Promise<void>
  readonly forget: (run: string, parts: number) => Promise<void>
}

export const deliveriesPrefix = 'deliveries/'

/** The folder of loose files that a key is in, as a delivery: it ends in a slash. */
export const folderOf = (key: string): string => `${dirname(key)}/`

/** Bytes of a part: held in memory while it is sent. S3 takes 5 GB in one request. */
const partSize = 64 * 1024 * 1024

const gone = 'the delivery is no longer in the bucket: deliver it again'

/** A client for large objects, which takes as long as they need, but not for a bucket that does not answer. */
export const feedsClient = (): S3Client =>
  new S3Client({ maxAttempts: 5, requestHandler: { connectionTimeout: 2_000, requestTimeout: 60_000 } })

const partKey = (run: string, part: number) => `staged/${run}/${String(part).padStart(4, '0')}`

export const openFeedBucket = (client: S3Client, bucket: string): FeedBucket => {
  const download = async (key: string, path: string, flags = 'w') => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    await pipeline(Body as Readable, createWriteStream(path, { flags, mode: 0o600 }))
  }

  const keysIn = async (folder: string): Promise<string[]> => {
    const keys: string[] = []
    let from: string | undefined
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: folder, ...(from && { ContinuationToken: from }) }),
      )
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
      from = page.NextContinuationToken
    } while (from !== undefined)
    // An archive is a delivery of its own, and so is a folder within this one.
    return keys.filter(key => folderOf(key) === folder && !key.endsWith('/') && !isArchive(key))
  }

  return {
    fetch: async (delivery, folder) => {
      if (!delivery.endsWith('/')) {
        const path = join(folder, basename(delivery))
        await download(delivery, path).catch(error => {
          throw error instanceof NoSuchKey ? new ImportRefused(gone) : error
        })
        return path
      }
      const path = join(folder, 'delivery')
      await mkdir(path, { recursive: true, mode: 0o700 })
      const keys = await keysIn(delivery)
      if (keys.length === 0) throw new ImportRefused(gone)
      for (const key of keys) await download(key, join(path, basename(key)))
      return path
    },

    keep: async (run, file) => {
      const { size } = await stat(file)
      const handle = await open(file)
      let part = 0
      try {
        for (let from = 0; from < size; from += partSize, part++) {
          const Body = Buffer.alloc(Math.min(partSize, size - from))
          await handle.read(Body, 0, Body.length, from)
          await client.send(new PutObjectCommand({ Bucket: bucket, Key: partKey(run, part), Body }))
        }
      } finally {
        await handle.close()
      }
      return part
    },

    restore: async (run, parts, file) => {
      for (let part = 0; part < parts; part++) await download(partKey(run, part), file, part === 0 ? 'w' : 'a')
    },

    forget: async (run, parts) => {
      const Objects = Array.from({ length: parts }, (_, part) => ({ Key: partKey(run, part) }))
      for (let from = 0; from < Objects.length; from += 1_000)
        await client.send(
          new DeleteObjectsCommand({
            Bucket: bucket,
            Delete: { Objects: Objects.slice(from, from + 1_000), Quiet: true },
          }),
        )
    },
  }
}
