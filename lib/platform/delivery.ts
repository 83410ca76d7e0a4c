import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { type Access, streamPatterns } from '../../functions/platform/access.ts'
import type { AlarmRule } from './alarm-rule.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'
import { readStream } from './table-stream.ts'

/** The function of the table's stream, and the queue of the records it could not process. */
export type Delivery = {
  readonly fn: ServiceFunction
  readonly deadLetters: Queue
  readonly rules: readonly AlarmRule[]
  /** Invocations that rendered boards, of all of its invocations. */
  readonly renderings: IMetric
}

const minute = Duration.minutes(1)

/**
 * Seconds for which what is written now waits until it is on a board. It goes through the stream twice: the change, then
 * the rows that it makes. Both wait as long as the oldest record does that the function is given now, also one that
 * failed and is tried again.
 */
const secondsUntilRendered = (fn: ServiceFunction): IMetric =>
  new MathExpression({
    expression: '2 * age / 1000',
    label: 'Oldest change that is not on its board, s',
    period: minute,
    usingMetrics: { age: fn.metric('IteratorAge', { statistic: 'Maximum', period: minute }) },
  })

const deliveryRules = (fn: ServiceFunction, deadLetters: Queue): AlarmRule[] => [
  {
    id: 'BoardsLate',
    metric: secondsUntilRendered(fn),
    threshold: 60,
    periods: [1, 1],
    hurt: 'For more than a minute, readers have not seen what was published, and go on seeing what was withdrawn.',
    act: 'Follow docs/runbooks/boards-late.md: what failed is tried again for an hour, and STREAM-3 in the log of delivery says what.',
  },
  {
    id: 'DeliveryLate',
    metric: fn.metric('IteratorAge', { statistic: 'Maximum', period: minute }),
    threshold: 30_000,
    periods: [3, 3],
    hurt: 'What is written reaches lists and counts half a minute late or more.',
    act: 'See on the dashboard whether delivery fails, is throttled, or has more to do than its environments can.',
  },
  {
    id: 'DeliveryStopped',
    // The clock's item changes once a minute, so that there is always something to deliver (functions/delivery/beat.ts).
    metric: fn.metricInvocations({ period: minute }),
    threshold: 1,
    below: true,
    periods: [3, 3],
    hurt: 'Nothing that was written since has reached boards, lists or counts, and what was withdrawn is still shown.',
    act: 'Follow docs/runbooks/boards-late.md, point 3: nothing reads the table’s stream, or the clock has stopped too.',
  },
  {
    id: 'DeliveryDeadLetters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: minute }),
    threshold: 1,
    periods: [1, 1],
    hurt: 'Some changes were given up on: a publication may be missing from a board, or a count be short.',
    act: 'Read STREAM-3 in the log of delivery and correct what it says. Then, within 24 hours, npm run directory -- deliver-again: see docs/runbooks/set-aside.md.',
  },
]

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
    // Most of what is written passes none: imports, sign-ins, renewals, answers, counters. It starts no invocation, and what
    // does pass does not wait behind it. Decision: docs/decisions/0032-what-the-stream-passes.md
    filters: streamPatterns(accesses).map(FilterCriteria.filter),
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 10,
  })
  // Delivers again what is in it, when the operator orders so.
  fn.addEnvironment('SET_ASIDE_QUEUE_URL', deadLetters.queueUrl)
  fn.allow(
    ['ChangeMessageVisibility', 'DeleteMessage', 'ReceiveMessage'].map(action => `sqs:${action}`),
    [deadLetters.queueArn],
  )
  return {
    fn,
    deadLetters,
    rules: deliveryRules(fn, deadLetters),
    renderings: new Metric({
      namespace: 'Preau',
      metricName: 'RenderingInvocations',
      dimensionsMap: { service: fn.service.name, territory: territory.name },
      statistic: 'Sum',
      period: minute,
      label: 'delivery, rendering boards',
    }),
  }
}
