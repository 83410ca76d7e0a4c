import { Duration } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { EventSourceMapping, type EventSourceMappingOptions, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { accept } from './accept.ts'
import type { ServiceFunction } from './service-function.ts'

/** How a function reads the table's stream, beside what is the same for each. */
export type StreamOptions = Required<Pick<EventSourceMappingOptions, 'filters' | 'batchSize' | 'retryAttempts'>> &
  Pick<EventSourceMappingOptions, 'bisectBatchOnError' | 'reportBatchItemFailures'>

/**
 * Has a function invoked with the changes of the table that pass its filters, from the oldest in the stream on, within a
 * second. What fails all its retries, or for an hour, goes to the queue that is returned, so that it does not block the
 * records after it. A stream serves two readers.
 * @param id names the resources: `DeliveryStream`, `DeliveryDeadLetterQueue`.
 */
export const readStream = (
  scope: Construct,
  id: string,
  fn: ServiceFunction,
  table: ITable,
  options: StreamOptions,
): Queue => {
  const deadLetters = new Queue(scope, `${id}DeadLetterQueue`, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  })
  accept(deadLetters, {
    'AwsSolutions-SQS3': 'This is the queue where failures end: it is emptied by people, after an alarm.',
  })
  fn.allow(['sqs:SendMessage'], [deadLetters.queueArn])
  fn.allow(
    ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(action => `dynamodb:${action}`),
    [table.tableStreamArn ?? ''],
  )
  new EventSourceMapping(scope, `${id}Stream`, {
    target: fn,
    eventSourceArn: table.tableStreamArn ?? '',
    startingPosition: StartingPosition.TRIM_HORIZON,
    maxBatchingWindow: Duration.seconds(1),
    maxRecordAge: Duration.hours(1),
    onFailure: new SqsDlq(deadLetters),
    ...options,
  })
  return deadLetters
}
