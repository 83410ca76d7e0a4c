import { Duration } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { accept } from './platform/accept.ts'
import { ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'
import type { Territory } from './territories.ts'

/**
 * What follows a write, behind it: feeds, counts, marks, reminders, from the table's stream. A record that fails is
 * tried again with ever fewer companions, ten times and for at most an hour, then set aside in a queue: it never holds
 * back those behind it for good.
 */
export const deliveryFunction = (
  scope: Construct,
  territory: Territory,
  table: ITable,
): { fn: ServiceFunction; setAside: Queue } => {
  const fn = new ServiceFunction(scope, 'Delivery', territory, {
    name: 'delivery',
    what: "What follows a write, from the table's stream: feeds, counts, reminders",
    impact: 'What is published does not appear, and counts of readers and signatures stand still.',
    entry: 'functions/delivery/handler.ts',
    // A batch works on many items at once.
    memory: 1024,
    timeout: 60,
    reservedConcurrency: territory.reservedConcurrency?.delivery,
  })
  grantTable(fn, table, {
    read: ['GetItem', 'BatchGetItem', 'Query'],
    from: ['G#', 'KEYS', 'N#', 'P#', 'S#'],
    write: ['PutItem', 'UpdateItem', 'DeleteItem'],
    partitions: ['AU#', 'N#', 'P#'],
  })
  const setAside = new Queue(scope, 'DeliverySetAside', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  })
  accept(setAside, {
    'AwsSolutions-SQS3': 'This is the queue where failures end: it is emptied by people, after an alarm.',
  })
  fn.allow(['sqs:SendMessage'], [setAside.queueArn])
  fn.allow(
    ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(action => `dynamodb:${action}`),
    [table.tableStreamArn ?? ''],
  )
  new EventSourceMapping(scope, 'DeliveryStream', {
    target: fn,
    eventSourceArn: table.tableStreamArn ?? '',
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    // A publication is to be read within 10 s: see docs/decisions/0004-freshness-of-shared-reads.md
    maxBatchingWindow: Duration.seconds(1),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 10,
    maxRecordAge: Duration.hours(1),
    onFailure: new SqsDlq(setAside),
  })
  return { fn, setAside }
}
