// CloudFront's key-value store is asked with SigV4A: importing its implementation is what registers it.
import '@aws-sdk/signature-v4a'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import * as z from 'zod/mini'
import { keysAccess } from '../platform/access.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { keepKeys } from './key-keeping.ts'

/** The ARN of the edge's key-value store. */
const Environment = z.object({ KVS_ARN: z.string().check(z.startsWith('arn:')) })

/** Makes the territory's keys at deploy, rotates them on a schedule. */
export const handler = keepKeys({
  ...openBackground(readConfig(), keysAccess),
  client: new CloudFrontKeyValueStoreClient({}),
  store: readEnvironment(Environment).KVS_ARN,
})
