// CloudFront's key-value store is asked with SigV4A: importing its implementation is what registers it.
import '@aws-sdk/signature-v4a'
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { openLog } from '../platform/log.ts'
import { openTable } from '../platform/table.ts'
import { keepKeys } from './key-keeping.ts'
import { readKeysConfig } from './keys-config.ts'

const config = readKeysConfig()
const now = () => new Date()

/** Entry of the function `keys`: makes the territory's keys at deploy, rotates them on a schedule. */
export const handler = keepKeys({
  table: openTable(config.table, now),
  client: new CloudFrontKeyValueStoreClient({}),
  store: config.store,
  now,
  log: openLog(config),
})
