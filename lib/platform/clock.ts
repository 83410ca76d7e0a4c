import { Duration } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { type Access, clockAccess } from '../../functions/platform/access.ts'
import { accept } from './accept.ts'
import type { AlarmRule } from './alarm-rule.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'

const minute = Duration.minutes(1)

const clockRules = (fn: ServiceFunction, territory: string): AlarmRule[] => [
  {
    id: 'DueLate',
    metric: new Metric({
      namespace: 'Preau',
      metricName: 'DueLate',
      dimensionsMap: { service: fn.service.name, territory },
      statistic: 'Maximum',
      period: minute,
    }),
    // Seconds.
    threshold: 180,
    periods: [2, 3],
    hurt: 'What was scheduled is late by three minutes or more: news are not published, or still shown after their end.',
    act: 'Read CLOCK-1 to CLOCK-3 in the log of clock: after an outage or at a rush it catches up by itself; what fails is named, and is done when it is corrected.',
  },
  {
    id: 'ClockFailures',
    metric: fn.metricErrors({ period: Duration.minutes(5) }),
    threshold: 3,
    periods: [1, 1],
    hurt: fn.service.impact,
    act: 'Read the errors in the log of clock: mostly the table does not answer. It catches up by itself when it does.',
  },
  {
    id: 'ClockStopped',
    metric: fn.metricInvocations({ period: Duration.minutes(5) }),
    threshold: 1,
    below: true,
    periods: [2, 2],
    hurt: fn.service.impact,
    act: "See whether the rule of the clock's schedule is enabled. It catches up by itself when it runs again.",
  },
]

/** Seconds of the longest run of the clock. */
const longestRun = 50

/**
 * The queue of messages by which the clock does what is due between two minutes: each is held back until then. One that
 * fails or is lost is not kept, since the run of the next minute finds its item in the table.
 */
export const dueQueue = (scope: Construct): Queue => {
  const queue = new Queue(scope, 'DueQueue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(longestRun),
    // The longest delay of a message, and the minute in which the clock's next run does what it names.
    retentionPeriod: Duration.minutes(16),
  })
  accept(queue, {
    'AwsSolutions-SQS3': 'What a lost message names stands in the table, and the clock does it with the next minute.',
  })
  return queue
}

/** Lets a function have due items done between two minutes. */
export const grantDueQueue = (fn: ServiceFunction, queue: IQueue): void => {
  fn.addEnvironment('DUE_QUEUE_URL', queue.queueUrl)
  fn.allow(['sqs:SendMessage'], [queue.queueArn])
}

/**
 * The clock: a function woken each minute that does what is due. It ends before the next minute. A run that fails or
 * cannot start is not tried again, since the next one does what it left; so that no runs pile up during an outage. The
 * schedule is a cron expression, which fires as a minute begins: people schedule for whole minutes, and a rate fires
 * some seconds after.
 * Decision: docs/decisions/0023-the-clock.md
 * @param accesses the table access of what the features do when something is due.
 * @param erasing the table access of erasing people, for which it may read all items: a Scan cannot be bounded by
 *   partitions.
 */
export const clockFunction = (
  scope: Construct,
  {
    territory,
    table,
    accesses,
    erasing,
    queue,
  }: FunctionProps & {
    readonly accesses: readonly Access[]
    readonly erasing: readonly Access[]
    readonly queue: IQueue
  },
): { readonly fn: ServiceFunction; readonly rules: readonly AlarmRule[] } => {
  const fn = new ServiceFunction(scope, 'Clock', territory, {
    name: 'clock',
    what: 'What is due, each minute: publications and their ends, superseded boards, people to erase',
    impact: 'What is scheduled is not published, and what should end is still shown, until it runs again.',
    entry: 'functions/clock/handler.ts',
    memory: 512,
    timeout: longestRun,
    reservedConcurrency: territory.reservedConcurrency?.clock,
    ...(territory.erasedAfter !== undefined && { environment: { ERASED_AFTER: String(territory.erasedAfter) } }),
  })
  grantTable(fn, table, [clockAccess, ...accesses, ...erasing])
  fn.allow(['dynamodb:Scan'], [table.tableArn])
  fn.allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [queue.queueArn])
  new EventSourceMapping(scope, 'DueMessages', {
    target: fn,
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    maxConcurrency: 2,
  })
  fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: minute })
  new Rule(scope, 'EachMinute', {
    description: 'Wakes the clock, which does what is due',
    schedule: Schedule.cron({ minute: '*' }),
    targets: [new LambdaFunction(fn, { retryAttempts: 0, maxEventAge: minute })],
  })
  return { fn, rules: clockRules(fn, territory.name) }
}
