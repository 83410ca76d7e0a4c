import type { IKeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import type { ServiceFunction } from './service-function.ts'

/** Lets a function read and write the edge's key-value store, and tells it which one that is. */
export const grantEdgeStore = (fn: ServiceFunction, store: IKeyValueStore): void => {
  fn.addEnvironment('KVS_ARN', store.keyValueStoreArn)
  fn.allow(
    ['DescribeKeyValueStore', 'ListKeys', 'UpdateKeys'].map(action => `cloudfront-keyvaluestore:${action}`),
    [store.keyValueStoreArn],
  )
}
