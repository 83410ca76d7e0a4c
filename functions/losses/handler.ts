// The client of CloudFront's key-value store signs with SigV4A, which this import registers.
import '@aws-sdk/signature-v4a'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import * as z from 'zod/mini'
import { lossesAccess } from '../platform/access.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { openEdgeStore } from './edge-store.ts'
import { lossesHandler } from './publish-losses.ts'

/** The ARN of the edge's key-value store. */
const Environment = z.object({ KVS_ARN: z.string().check(z.startsWith('arn:')) })

/** Publishes losses of access to the edge: those that the table's stream brings, and on a schedule what differs. */
export const handler = lossesHandler({
  ...openBackground(readConfig(), lossesAccess),
  store: openEdgeStore(new CloudFrontKeyValueStoreClient({}), readEnvironment(Environment).KVS_ARN),
})
