import { Duration, Stack } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda'
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3'
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { Access } from '../../functions/platform/access.ts'
import { accept } from './accept.ts'
import type { AlarmRule } from './alarm-rule.ts'
import { tellQueue } from './bucket-messages.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'

/** The function that imports deliveries, the queue that wakes it, and their alarms. */
export type Imports = {
  readonly fn: ServiceFunction
  readonly queue: IQueue
  readonly rules: readonly AlarmRule[]
}

/** Seconds of the longest step: reading a delivery of a million people. Lambda allows no more. */
const longestStep = 900

const importRules = (fn: ServiceFunction, deadLetters: IQueue, territory: string): AlarmRule[] => {
  const counted = (metricName: string) =>
    new Metric({
      namespace: 'Preau',
      metricName,
      dimensionsMap: { service: fn.service.name, territory },
      statistic: 'Sum',
      period: Duration.hours(1),
    })
  return [
    {
      id: 'ImportsMissed',
      metric: counted('ImportsMissed'),
      threshold: 1,
      periods: [1, 1],
      hurt: 'No delivery of the directory came: who arrived has no account yet, and who left still has access.',
      act: 'Ask the authority whether its delivery was sent; see docs/runbooks/imports.md.',
    },
    {
      id: 'ImportsHeld',
      metric: counted('ImportsHeld'),
      threshold: 1,
      periods: [1, 1],
      hurt: 'A delivery of the directory waits for an answer: the people of the schools it names stay as they were.',
      act: 'Have the schools confirm or refuse it on their page Import; see docs/runbooks/imports.md.',
    },
    {
      id: 'ImportsFailed',
      metric: counted('ImportsFailed'),
      threshold: 1,
      periods: [1, 1],
      hurt: 'A delivery of the directory could not be imported: who arrived has no account yet, and who left still has access.',
      act: 'Read the sentence of the last run, and IMPORT-2 in the log of imports; see docs/runbooks/imports.md.',
    },
    {
      id: 'ImportsDeadLetters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      periods: [1, 1],
      hurt: 'A message that a delivery came was given up on: it may not be imported.',
      act: 'Read IMPORT-3 in the log of imports, correct, and send the messages to the queue of imports again.',
    },
  ]
}

/** Lets a function send messages to the imports' queue, and tells it which one that is. */
export const grantImports = (fn: ServiceFunction, queue: IQueue): void => {
  fn.addEnvironment('IMPORTS_QUEUE_URL', queue.queueUrl)
  fn.allow(['sqs:SendMessage'], [queue.queueArn])
}

const grantFeeds = (fn: ServiceFunction, feeds: Bucket): void => {
  fn.addEnvironment('FEEDS_BUCKET', feeds.bucketName)
  fn.allow(['s3:GetObject'], [feeds.arnForObjects('deliveries/*')])
  fn.allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [feeds.arnForObjects('staged/*')])
  fn.allow(['s3:ListBucket'], [feeds.bucketArn])
  const logicalId = Stack.of(feeds).getLogicalId(feeds.node.defaultChild as CfnBucket)
  const reason = 'Deliveries are named by whoever drops them, and what steps leave by the run they belong to.'
  accept(fn.role as IRole, {
    [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/deliveries/*]`]: reason,
    [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/staged/*]`]: reason,
  })
}

/**
 * Imports what is dropped into the feeds' bucket, by itself, in steps of a minute and one delivery after the other.
 * Decision: docs/decisions/0034-imports-by-themselves.md
 * @param access what importing does with the table.
 */
export const unattendedImports = (
  scope: Construct,
  { territory, table, feeds, access }: FunctionProps & { readonly feeds: Bucket; readonly access: Access },
): Imports => {
  const fn = new ServiceFunction(scope, 'Imports', territory, {
    name: 'imports',
    what: 'Imports the deliveries of the directory that are dropped into the feeds’ bucket',
    impact: 'Deliveries of the directory wait: who arrived has no account yet, and who left still has access.',
    entry: 'functions/directory/import/unattended/handler.ts',
    // More than one vCPU, so that the garbage of a large feed is collected beside it.
    memory: 2048,
    timeout: longestStep,
    // The delivery, what is staged of it, and SQLite's temporary files: a million people take 4 GB.
    disk: 10_240,
    // A step has the next one done, by the queue; a large delivery takes more of them than Lambda allows by default.
    recursiveLoop: RecursiveLoop.ALLOW,
    environment: {
      FEEDS_WITHIN: String(territory.feedsWithin ?? 36),
      ...(territory.yearBegins !== undefined && { YEAR_BEGINS: territory.yearBegins }),
    },
  })
  grantTable(fn, table, [access])
  const secured = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) }
  const deadLetters = new Queue(scope, 'ImportsDeadLetterQueue', secured)
  accept(deadLetters, {
    'AwsSolutions-SQS3': 'This is the queue where failures end: it is emptied by people, after an alarm.',
  })
  const queue = new Queue(scope, 'ImportsQueue', {
    ...secured,
    visibilityTimeout: Duration.seconds(longestStep),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  })
  tellQueue(queue, feeds, { prefix: 'deliveries/', events: ['s3:ObjectCreated:*'] })
  grantFeeds(fn, feeds)
  grantImports(fn, queue)
  fn.allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [queue.queueArn])
  new EventSourceMapping(scope, 'ImportsMessages', {
    target: fn,
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    reportBatchItemFailures: true,
    // One works; the other takes up what comes meanwhile.
    maxConcurrency: 2,
  })
  new Rule(scope, 'ImportsSweep', {
    description: 'Finds deliveries of loose files that are whole, steps that were killed, and nights that did not come',
    schedule: Schedule.rate(Duration.minutes(5)),
    targets: [new LambdaFunction(fn, { event: RuleTargetInput.fromObject({ sweep: true }), retryAttempts: 0 })],
  })
  return { fn, queue, rules: importRules(fn, deadLetters, territory.name) }
}
