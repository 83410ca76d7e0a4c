// The client of CloudFront's key-value store signs with SigV4A, which this import registers.
import '@aws-sdk/signature-v4a'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { keysAccess } from '../platform/access.ts'
import { EdgeStoreEnvironment, openEdgeStore } from '../platform/edge-store.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { manageKeys } from './manage-keys.ts'

/** Generates the territory's keys at deploy, and rotates them on a schedule. */
export const handler = manageKeys({
  ...openBackground(readConfig(), keysAccess),
  store: openEdgeStore(new CloudFrontKeyValueStoreClient({}), readEnvironment(EdgeStoreEnvironment).KVS_ARN),
})
