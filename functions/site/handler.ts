import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import { openLog } from '../platform/log.ts'
import { readEnvironment } from '../platform/platform.ts'
import { publisher } from './publish.ts'

const { BUCKET_NAME, TERRITORY } = readEnvironment(
  z.object({ BUCKET_NAME: z.string().check(z.minLength(3)), TERRITORY: z.string().check(z.minLength(1)) }),
)

/** Publishes at deploy the web app in the folder `site` of its own code. */
export const handler = publisher({
  client: new S3Client(),
  bucket: BUCKET_NAME,
  folder: join(import.meta.dirname, 'site'),
  log: openLog({ service: 'site', territory: TERRITORY }),
})
