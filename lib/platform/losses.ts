import { Duration } from 'aws-cdk-lib'
import type { IKeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { lossesAccess } from '../../functions/platform/access.ts'
import type { AlarmRule } from './alarm-rule.ts'
import { grantEdgeStore } from './edge-store.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'
import { readStream } from './table-stream.ts'

/** The function that publishes losses of access, its queue, and its alarms. */
export type Losses = {
  readonly fn: ServiceFunction
  readonly deadLetters: IQueue
  readonly rules: readonly AlarmRule[]
}

const stillReading =
  'Whoever lost access since (suspended, moved, out of a custody, signed out from elsewhere) goes on reading boards ' +
  'and files at the edge with the token they hold, until their session ends or for 72 hours; the API refuses them.'

const lossesRules = (fn: ServiceFunction, deadLetters: IQueue, territory: string): AlarmRule[] => [
  {
    id: 'LossesLate',
    metric: fn.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: 30_000,
    periods: [2, 2],
    hurt: stillReading,
    act: 'Read LOSSES-2 in the log of losses: it says which call to the key-value store or the table fails.',
  },
  {
    id: 'LossesDeadLetters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: 1,
    periods: [1, 1],
    hurt: stillReading,
    act: 'Correct what LOSSES-2 in the log of losses says. The run every 10 minutes publishes what was given up on: then empty the queue.',
  },
  {
    id: 'LossesNotCompared',
    metric: fn.metricInvocations({ period: Duration.hours(1) }),
    threshold: 1,
    below: true,
    periods: [1, 1],
    hurt: 'Nobody yet: but a loss of access that was missed is not found any more, and the list fills up.',
    act: 'See whether the rules of the schedule are enabled.',
  },
  {
    id: 'LossesWithoutRoom',
    metric: new Metric({
      namespace: 'Preau',
      metricName: 'LossesWithoutRoom',
      dimensionsMap: { service: fn.service.name, territory },
      statistic: 'Sum',
      period: Duration.minutes(5),
    }),
    threshold: 1,
    periods: [1, 1],
    hurt: `The list at the edge is full. ${stillReading}`,
    act: 'See what takes away the access of so many; LOSSES-3 in the log of losses counts those without room.',
  },
]

/**
 * Publishes losses of access to the edge's key-value store. It has a mapping of its own on the table's stream, so that a
 * store that fails never delays publications. A batch is retried
 * whole, since what fails is the store. Decision: docs/decisions/0022-losing-access-at-the-edge.md
 */
export const publishedLosses = (
  scope: Construct,
  { territory, table, store }: FunctionProps & { readonly store: IKeyValueStore },
): Losses => {
  const fn = new ServiceFunction(scope, 'Losses', territory, {
    name: 'losses',
    what: 'Tells the edge who lost access: suspended, moved, signed out from elsewhere',
    impact: stillReading,
    entry: 'functions/losses/handler.ts',
    memory: 1024,
    // Up to a hundred calls to the key-value store, each of which may meet another writer's.
    timeout: 120,
  })
  grantTable(fn, table, [lossesAccess])
  grantEdgeStore(fn, store)
  const deadLetters = readStream(scope, 'Losses', fn, table, {
    // Losses and marks of schools as they are written; neither sign-outs on one's own device nor what expires.
    filters: [
      FilterCriteria.filter({
        dynamodb: {
          Keys: { pk: { S: FilterRule.beginsWith('LOST') } },
          NewImage: { kind: { S: FilterRule.isEqual('lost') } },
        },
      }),
    ],
    batchSize: 1_000,
    retryAttempts: 30,
  })
  new Rule(scope, 'LossesDifferences', {
    description: 'Publishes losses of access that were missed, and ends those of 72 hours ago',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(fn, { event: RuleTargetInput.fromObject({}) })],
  })
  new Rule(scope, 'LossesComparison', {
    description: "Compares the list of losses with the edge's key-value store itself",
    schedule: Schedule.cron({ hour: '3', minute: '43' }),
    targets: [new LambdaFunction(fn, { event: RuleTargetInput.fromObject({ compare: 'store' }) })],
  })
  return { fn, deadLetters, rules: lossesRules(fn, deadLetters, territory.name) }
}
