import { globSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import { forEachConcurrent } from '../platform/concurrent.ts'
import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import { type Log, type LogMessage, traceOf } from '../platform/log.ts'
import { cacheControl, contentType } from './headers.ts'

export type Site = { readonly client: S3Client; readonly bucket: string; readonly folder: string }

/** What was published: the files of the last deploy, and those of the deploy before that it does not have. */
const Published = z.object({ current: z.array(z.string()), previous: z.array(z.string()) })
type Published = z.infer<typeof Published>

/**
 * The key of that record. It is written after all files, so that the next deploy repairs one that was interrupted. It has
 * no dot, so that nobody is given it: the edge answers such a path with the app's page (functions/edge/viewer.js).
 */
const record = 'published'
/** Its key in releases before, which anybody could ask for. */
const formerRecord = 'published.json'

const filesOf = (folder: string): string[] =>
  globSync('**/*', { cwd: folder })
    .filter(path => statSync(join(folder, path)).isFile())
    .map(path => path.split(sep).join('/'))
    .sort()

const readRecord = async ({ client, bucket }: Site, Key: string): Promise<Published | undefined> => {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }))
    return Published.parse(JSON.parse((await Body?.transformToString()) ?? ''))
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    throw error
  }
}

const lastPublished = async (site: Site): Promise<Published> =>
  (await readRecord(site, record)) ?? (await readRecord(site, formerRecord)) ?? { current: [], previous: [] }

/**
 * Puts the folder's files into the bucket; pages last, so that no page refers to a script that is not there yet. Files of
 * the deploy before are kept for browsers that have its page open; those of earlier deploys are deleted. Publishing the
 * same files again does not count as another deploy.
 * @returns the numbers of files put, kept of the deploy before, and deleted.
 */
export const publish = async (site: Site): Promise<{ put: number; kept: number; removed: number }> => {
  const { client, bucket, folder } = site
  const current = filesOf(folder)
  const last = await lastPublished(site)
  const put = (Key: string) => {
    const [Body, ContentType, CacheControl] = [readFileSync(join(folder, Key)), contentType(Key), cacheControl(Key)]
    return client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType, CacheControl }))
  }
  const isPage = (path: string) => path.endsWith('.html') || path === 'sw.js'
  for (const group of [current.filter(path => !isPage(path)), current.filter(isPage)])
    await forEachConcurrent(group, put)

  const isSame = current.join() === last.current.join()
  const before = isSame ? last.previous : last.current
  const kept = before.filter(path => !current.includes(path))
  const removed = last.previous.filter(path => !current.includes(path) && !kept.includes(path))
  await forEachConcurrent(removed, path => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: path })))
  const Body = JSON.stringify({ current, previous: kept } satisfies Published)
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: record, Body, ContentType: 'application/json' }))
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: formerRecord }))
  return { put: current.length, kept: kept.length, removed: removed.length }
}

/** The publisher's log messages. */
export const siteLogMessages = {
  published: { code: 'SITE-1', text: 'site published' },
  notPublished: { code: 'SITE-2', text: 'the site could not be published' },
} as const satisfies Record<string, LogMessage>

/**
 * The handler of CloudFormation's custom resource. Create and Update publish. Delete keeps the files: the bucket is
 * retained, and when CloudFormation replaces the resource, it deletes the old one after the new files are published.
 */
export const publisher =
  ({ log, ...site }: Site & { log: Log }) =>
  async (event: unknown): Promise<void> => {
    const request = ResourceRequest.parse(event)
    let outcome: Outcome = { status: 'SUCCESS' }
    try {
      if (request.RequestType !== 'Delete') {
        log.info(siteLogMessages.published, await publish(site))
      }
    } catch (error) {
      log.error(siteLogMessages.notPublished, traceOf(error))
      const name = error instanceof Error ? error.name : 'an unknown error'
      outcome = { status: 'FAILED', reason: `The web app could not be published: ${name}. See the log.` }
    }
    await respond(request, outcome)
  }
