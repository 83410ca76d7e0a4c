import { Duration } from 'aws-cdk-lib'
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { type Access, type SubscribedPartitions, subscribedPartitions } from '../../functions/platform/access.ts'
import type { AlarmRule } from './alarms.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'
import { readStream } from './table-stream.ts'

/** The function of the table's stream, and the queue of the records it could not process. */
export type Delivery = {
  readonly fn: ServiceFunction
  readonly deadLetters: Queue
  readonly rules: readonly AlarmRule[]
}

const deliveryRules = (fn: ServiceFunction, deadLetters: Queue): AlarmRule[] => [
  {
    id: 'DeliveryLate',
    metric: fn.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: 30_000,
    periods: [3, 3],
    hurt: 'What is written reaches lists and counts half a minute late or more.',
    act: 'See on the dashboard whether delivery fails, is throttled, or has more to do than its environments can.',
  },
  {
    id: 'DeliveryDeadLetters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: 1,
    periods: [1, 1],
    hurt: 'Some changes were given up on: a publication may be missing from a list, or a count be short.',
    act: 'Read the errors in the log of delivery, correct, and publish the items named in the queue again.',
  },
]

/**
 * A filter of an event source mapping that passes the changes in partitions (AWS Lambda Developer Guide, "Using event
 * filtering with a DynamoDB event source"): a record that no filter passes starts no invocation and is not waited behind.
 */
const partitionsFilter = ({ prefixes, sortKeys }: SubscribedPartitions) =>
  FilterCriteria.filter({
    dynamodb: {
      Keys: { pk: { S: prefixes.map(prefix => ({ prefix })) }, ...(sortKeys && { sk: { S: [...sortKeys] } }) },
    },
  })

/**
 * The function that the table's stream invokes: it runs the features' subscriptions. A failed batch is retried in halves,
 * ten times and for at most an hour, until the failing record is alone; then that goes to a dead-letter queue, so that
 * it does not block the records after it.
 * @param accesses the table access of the features' subscriptions.
 */
export const deliveryFunction = (
  scope: Construct,
  { territory, table, accesses }: FunctionProps & { readonly accesses: readonly Access[] },
): Delivery => {
  const fn = new ServiceFunction(scope, 'Delivery', territory, {
    name: 'delivery',
    what: "What follows a write, from the table's stream: feeds, counts, reminders",
    impact: 'What is published does not appear, and counts of readers and signatures stand still.',
    entry: 'functions/delivery/handler.ts',
    // A batch processes many items concurrently.
    memory: 1024,
    timeout: 60,
    reservedConcurrency: territory.reservedConcurrency?.delivery,
  })
  grantTable(fn, table, accesses)
  const deadLetters = readStream(scope, 'Delivery', fn, table, {
    // Imports, sessions, answers and counters of guesses are most of what is written, and nothing follows from them.
    filters: subscribedPartitions(accesses).map(partitionsFilter),
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 10,
  })
  return { fn, deadLetters, rules: deliveryRules(fn, deadLetters) }
}
