import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3'
import type { Queue } from 'aws-cdk-lib/aws-sqs'

export type BucketMessages = {
  /** The objects that are told of: those whose keys begin so. */
  readonly prefix: string
  /** `s3:ObjectCreated:*` and the like (Amazon S3 User Guide, "Supported event types"). */
  readonly events: readonly string[]
  /** Further members of the bucket's notification configuration: it is one property. */
  readonly more?: Omit<CfnBucket.NotificationConfigurationProperty, 'queueConfigurations'>
}

/** Has S3 tell a queue of what happens to objects of a bucket. */
export const tellQueue = (queue: Queue, of: Bucket, { prefix, events, more }: BucketMessages): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('s3.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      // Not the bucket's ARN, which would depend on this policy as the bucket does.
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(queue).account } },
    }),
  )
  const bucket = of.node.defaultChild as CfnBucket
  // The property itself: the construct's own way deploys a function that sets it.
  bucket.notificationConfiguration = {
    queueConfigurations: events.map(event => ({
      event,
      queue: queue.queueArn,
      filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
    })),
    ...more,
  }
  const policy = queue.node.findChild('Policy').node.defaultChild
  if (policy) bucket.node.addDependency(policy)
}
