import { Duration, Stack } from 'aws-cdk-lib'
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import type { Bucket, CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { Access } from '../../functions/platform/access.ts'
import { accept } from './accept.ts'
import type { AlarmRule } from './alarm-rule.ts'
import { tellQueue } from './bucket-messages.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'
import { documentsOrigin } from './uploads.ts'

/** The prefix of the keys of documents' objects. */
export const documentsPrefix = 'documents/'

/** Seconds of a batch: ten files, each some requests of the bucket and the table. */
const longestBatch = 60

const objectsAccepted = (fn: ServiceFunction, documents: IBucket): void => {
  const logicalId = Stack.of(documents).getLogicalId(documents.node.defaultChild as CfnBucket)
  accept(fn.role as IRole, {
    [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${documentsPrefix}*]`]:
      'Object keys are not known at deploy; the prefix separates the objects of the features.',
  })
}

/** Lets a function begin, complete and abort uploads in parts, and sign reads of what the edge does not serve. */
export const grantParts = (fn: ServiceFunction, documents: IBucket): void => {
  fn.addEnvironment('DOCUMENTS_BUCKET', documents.bucketName)
  fn.allow(
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts'],
    [documents.arnForObjects(`${documentsPrefix}*`)],
  )
  objectsAccepted(fn, documents)
}

/** Lets a function sign reads of what the edge does not serve. */
export const grantSignedReads = (fn: ServiceFunction, documents: IBucket): void => {
  fn.addEnvironment('DOCUMENTS_ORIGIN', documentsOrigin(documents))
  fn.allow(['s3:GetObject'], [documents.arnForObjects(`${documentsPrefix}*`)])
  objectsAccepted(fn, documents)
}

/** Lets a function have files taken away at once. */
export const grantTakingAway = (fn: ServiceFunction, queue: Queue): void => {
  fn.addEnvironment('ARRIVALS_QUEUE_URL', queue.queueUrl)
  fn.allow(['sqs:SendMessage'], [queue.queueArn])
}

const arrivalRules = (fn: ServiceFunction, deadLetters: Queue): AlarmRule[] => [
  {
    id: 'ArrivalsDeadLetters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
    threshold: 1,
    periods: [1, 1],
    hurt: 'A file that somebody sent is not among their documents, or its scan is not told.',
    act: 'Read DOCUMENTS-1 and DOCUMENTS-2 in the log of arrivals, correct, and send the messages to its queue again.',
  },
  {
    id: 'ArrivalsFailures',
    metric: fn.metricErrors({ period: Duration.minutes(5) }),
    threshold: 3,
    periods: [1, 1],
    hurt: fn.service.impact,
    act: 'Read the errors in the log of arrivals: mostly the table or the bucket does not answer. Messages wait meanwhile.',
  },
]

/**
 * The function that looks at files as they arrive in the documents' bucket, and at the results of their scans.
 * Decision: docs/decisions/0062-documents.md
 * @param access what it does with the table.
 */
export const documentArrivals = (
  scope: Construct,
  { territory, table, bucket, access }: FunctionProps & { readonly bucket: Bucket; readonly access: Access },
): { readonly queue: Queue; readonly rules: readonly AlarmRule[] } => {
  const fn = new ServiceFunction(scope, 'Arrivals', territory, {
    name: 'arrivals',
    what: 'Looks at files that arrived and at the results of their scans; deletes what nobody has any more',
    impact: 'Files that are sent do not appear, and wait. Documents that are there are still served.',
    entry: 'functions/documents/arrivals-handler.ts',
    memory: 512,
    timeout: longestBatch,
    environment: { DOCUMENTS_BUCKET: bucket.bucketName },
  })
  grantTable(fn, table, [access])
  fn.allow(
    // The last two: a file that was taken from one of its places gets another name, by a copy with its tags.
    ['s3:DeleteObject', 's3:GetObject', 's3:GetObjectTagging', 's3:PutObject', 's3:PutObjectTagging'],
    [bucket.arnForObjects(`${documentsPrefix}*`)],
  )
  // For S3 to say of an object that it is missing, and not that it may not be read.
  fn.allow(['s3:ListBucket'], [bucket.bucketArn])
  objectsAccepted(fn, bucket)
  const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) }
  const deadLetters = new Queue(scope, 'ArrivalsDeadLetterQueue', secured)
  accept(deadLetters, {
    'AwsSolutions-SQS3': 'This is the queue where failures end: it is emptied by people, after an alarm.',
  })
  const queue = new Queue(scope, 'ArrivalsQueue', {
    ...secured,
    visibilityTimeout: Duration.seconds(longestBatch),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 10 },
  })
  tellQueue(queue, bucket, {
    prefix: documentsPrefix,
    events: ['s3:ObjectCreated:*', 's3:ObjectTagging:Put'],
    // GuardDuty learns of objects by it, and would lose it at the next deploy if it were not said here.
    more: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
  })
  fn.allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [queue.queueArn])
  new EventSourceMapping(scope, 'ArrivalsMessages', {
    target: fn,
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    reportBatchItemFailures: true,
    maxConcurrency: 20,
  })
  new Rule(scope, 'ArrivalsSweep', {
    description: 'Has the objects of documents deleted that nobody has any more',
    schedule: Schedule.rate(Duration.minutes(5)),
    targets: [new LambdaFunction(fn, { event: RuleTargetInput.fromObject({ sweep: true }), retryAttempts: 0 })],
  })
  return { queue, rules: arrivalRules(fn, deadLetters) }
}
