import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { credentials } from '../../../lib/local/loopback.ts'
import { openStorage, type Storage } from '../../../lib/local/storage.ts'
import { openSession, type S3Session } from '../../support/s3/session.ts'

export const region = 'eu-west-3'
export const bucket = 'boards'

/** An S3 on this machine with an empty bucket, new for each test of the file. */
export const emptyS3 = () => {
  let folder: string
  let storage: Storage
  let session: S3Session
  const open = async () => {
    storage = await openStorage({ folder, region })
    storage.bucket(bucket)
    session = openSession({ endpoint: storage.endpoint, region, credentials, bucket }, '')
  }
  const close = async () => {
    session.close()
    await storage.close()
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-s3-'))
    await open()
  })
  afterEach(async () => {
    await close()
    rmSync(folder, { recursive: true })
  })
  return {
    get folder() {
      return folder
    },
    get storage() {
      return storage
    },
    /** As the bucket's owner. */
    get owner() {
      return session
    },
    /** Ends it and starts it again on the same folder. */
    reopen: async () => {
      await close()
      await open()
    },
    /** The bucket's answer to the edge, with its error code. */
    fromEdge: async (url: string, headers: Record<string, string[]> = {}, method = 'GET') => {
      const reply = await storage.origin(bucket)({ method, url, headers, body: Buffer.alloc(0) })
      return { ...reply, code: /<Code>(.*)<\/Code>/.exec(reply.body.toString())?.[1] }
    },
  }
}
