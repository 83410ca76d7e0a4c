import { globSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { cacheControl, contentType } from './headers.ts'

export type Site = { readonly client: S3Client; readonly bucket: string; readonly folder: string }

/** What the bucket holds: the files of the last deploy, and those only the one before it had. */
const Published = z.object({ current: z.array(z.string()), previous: z.array(z.string()) })
type Published = z.infer<typeof Published>

/** Written last: a deploy that stopped halfway has removed nothing and is made good by the next one. */
const record = 'published.json'

const filesOf = (folder: string): string[] =>
  globSync('**/*', { cwd: folder })
    .filter(path => statSync(join(folder, path)).isFile())
    .map(path => path.split(sep).join('/'))
    .sort()

const lastPublished = async ({ client, bucket }: Site): Promise<Published> => {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: record }))
    return Published.parse(JSON.parse((await Body?.transformToString()) ?? ''))
  } catch (error) {
    if (error instanceof NoSuchKey) return { current: [], previous: [] }
    throw error
  }
}

/**
 * Puts the folder's files into the bucket. Pages come last, so that nobody gets one whose scripts are not there yet.
 * Files of the deploy before stay for those whose page is still open; those of earlier ones go. Publishing the same
 * files again changes nothing of that.
 */
export const publish = async (site: Site): Promise<{ put: number; kept: number; removed: number }> => {
  const { client, bucket, folder } = site
  const current = filesOf(folder)
  const last = await lastPublished(site)
  const put = (Key: string, Body: Uint8Array | string) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key,
        Body,
        ContentType: contentType(Key),
        CacheControl: cacheControl(Key),
      }),
    )
  const isPage = (path: string) => path.endsWith('.html') || path === 'sw.js'
  for (const wave of [current.filter(path => !isPage(path)), current.filter(isPage)])
    await forEachConcurrent(wave, path => put(path, readFileSync(join(folder, path))))

  const isSame = current.join() === last.current.join()
  const before = isSame ? last.previous : last.current
  const kept = before.filter(path => !current.includes(path))
  const removed = last.previous.filter(path => !current.includes(path) && !kept.includes(path))
  await forEachConcurrent(removed, path => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: path })))
  await put(record, JSON.stringify({ current, previous: kept } satisfies Published))
  return { put: current.length, kept: kept.length, removed: removed.length }
}
