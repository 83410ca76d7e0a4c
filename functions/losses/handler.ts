// The client of CloudFront's key-value store signs with SigV4A, which this import registers.
import '@aws-sdk/signature-v4a'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { lossesAccess } from '../platform/access.ts'
import { EdgeStoreEnvironment, openEdgeStore } from '../platform/edge-store.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { lossesHandler } from './publish-losses.ts'

/** Publishes losses of access to the edge: those that the table's stream brings, and on a schedule what differs. */
export const handler = lossesHandler({
  ...openBackground(readConfig(), lossesAccess),
  store: openEdgeStore(new CloudFrontKeyValueStoreClient({}), readEnvironment(EdgeStoreEnvironment).KVS_ARN),
})
