import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentials } from '../../../lib/local/loopback.ts'
import { openStorage, type Storage } from '../../../lib/local/storage.ts'
import { tryCase } from '../../support/s3/case.ts'
import type { S3Target } from '../../support/s3/session.ts'
import { s3Cases } from './s3-contract.ts'

const region = 'eu-west-3'
const bucket = 'documents'

describe('openStorage(): the S3 of this machine does what AWS documents', () => {
  let folder: string
  let storage: Storage
  let target: S3Target
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-s3-'))
    storage = await openStorage({ folder, region })
    storage.bucket(bucket)
    target = { endpoint: storage.endpoint, region, credentials, bucket }
  })
  afterAll(async () => {
    await storage.close()
    rmSync(folder, { recursive: true })
  })

  it.each(s3Cases)('$name', async one => {
    expect((await tryCase(target, one)).observed).toEqual(one.expected)
  })
})
