import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { openLog } from '../platform/log.ts'
import { readSiteConfig } from './config.ts'
import { publisher } from './publisher.ts'

const config = readSiteConfig()

/** Entry of the function `site`: publishes the web app that lies beside it, at deploy. */
export const handler = publisher({
  client: new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
  bucket: config.bucket,
  folder: join(import.meta.dirname, 'site'),
  log: openLog({ ...config, table: '' }),
})
