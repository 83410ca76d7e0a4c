// The client of CloudFront's key-value store signs with SigV4A, which this import registers.
import '@aws-sdk/signature-v4a'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import * as z from 'zod/mini'
import { keysAccess } from '../platform/access.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { manageKeys } from './manage-keys.ts'

/** The ARN of the edge's key-value store. */
const Environment = z.object({ KVS_ARN: z.string().check(z.startsWith('arn:')) })

/** Generates the territory's keys at deploy, and rotates them on a schedule. */
export const handler = manageKeys({
  ...openBackground(readConfig(), keysAccess),
  client: new CloudFrontKeyValueStoreClient({}),
  store: readEnvironment(Environment).KVS_ARN,
})
