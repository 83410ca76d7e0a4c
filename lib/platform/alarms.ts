import { Duration, Stack } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { Territory } from '../territories.ts'
import type { ServiceFunction } from './service-function.ts'

/** What defines an alarm: its condition, who is affected, and what the person on call does. */
export type AlarmRule = {
  readonly id: string
  readonly metric: IMetric
  /** The alarm is raised at this value or above; with `below`, under it. */
  readonly threshold: number
  readonly below?: true
  /** Datapoints to alarm, and evaluation periods. */
  readonly periods: readonly [breaching: number, evaluated: number]
  readonly hurt: string
  readonly act: string
}

export type Watched = {
  readonly territory: Territory
  /** Functions that answer requests. */
  readonly serving: readonly ServiceFunction[]
  readonly delivery: ServiceFunction
  /** Invocations of delivery that rendered boards. */
  readonly renderings: IMetric
  readonly clock: ServiceFunction
  readonly deadLetters: IQueue
  readonly losses: { readonly fn: ServiceFunction; readonly deadLetters: IQueue }
  /** The rules of single functions, beside those that all functions have. */
  readonly rules: readonly AlarmRule[]
  readonly api: HttpApi
  readonly table: ITable
}

const minutes = (count: number) => Duration.minutes(count)

/** Failures of a function: those Lambda counts, and the unhandled errors that it answered as problem `unexpected`. */
const failures = (fn: ServiceFunction, territory: string): IMetric =>
  new MathExpression({
    expression: 'FILL(errors, 0) + FILL(unexpected, 0)',
    label: 'Failures',
    period: minutes(5),
    usingMetrics: {
      errors: fn.metricErrors(),
      unexpected: new Metric({
        namespace: 'Preau',
        metricName: 'Unexpected',
        dimensionsMap: { service: fn.service.name, territory },
        statistic: 'Sum',
      }),
    },
  })

const functionRules = (fn: ServiceFunction, territory: string): AlarmRule[] => [
  {
    id: `${fn.node.id}Failures`,
    metric: failures(fn, territory),
    threshold: 5,
    periods: [2, 3],
    hurt: fn.service.impact,
    act: `Read the errors in the log of ${fn.service.name}; if they began with a deploy, deploy the version before.`,
  },
  {
    id: `${fn.node.id}Throttles`,
    metric: fn.metricThrottles({ period: minutes(1) }),
    threshold: 1,
    periods: [3, 5],
    hurt: `${fn.service.impact} People whose requests are refused are asked to try again.`,
    act: 'Ask AWS for more concurrent executions in this Region, and see which function takes them.',
  },
]

const territoryRules = ({ api, table }: Watched): AlarmRule[] => [
  {
    id: 'ApiFailures',
    metric: new MathExpression({
      expression: 'IF(requests > 50, 100 * failures / requests, 0)',
      label: 'Requests failed, %',
      period: minutes(5),
      usingMetrics: {
        failures: api.metricServerError({ statistic: 'Sum' }),
        requests: api.metricCount({ statistic: 'Sum' }),
      },
    }),
    threshold: 1,
    periods: [2, 3],
    hurt: 'One request in a hundred fails, whatever the service: people see errors and try again.',
    act: 'See on the dashboard which function or which limit it is.',
  },
  {
    id: 'ApiSlow',
    metric: api.metricLatency({ statistic: 'p95', period: minutes(5) }),
    threshold: 2000,
    periods: [3, 3],
    hurt: 'One request in twenty takes two seconds or more: Préau feels broken on a phone.',
    act: 'See on the dashboard whether the table throttles or the functions start more than they serve.',
  },
  {
    id: 'TableThrottles',
    metric: new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      label: 'Requests throttled by the table',
      period: minutes(1),
      usingMetrics: Object.fromEntries(
        [
          ['reads', 'ReadThrottleEvents'],
          ['writes', 'WriteThrottleEvents'],
        ].map(([name, metricName]) => [
          name,
          new Metric({
            namespace: 'AWS/DynamoDB',
            metricName: metricName ?? '',
            dimensionsMap: { TableName: table.tableName },
            statistic: 'Sum',
          }),
        ]),
      ),
    }),
    threshold: 10,
    periods: [3, 5],
    hurt: 'Requests wait for the table and some are refused: everybody, more with every minute of a rush.',
    act: 'Raise warmThroughput of the territory in lib/territories.ts and deploy: it takes effect within minutes.',
  },
]

/** The alarms of a territory. Its contacts get a mail when one is raised and when it is over. */
export const alarms = (scope: Construct, watched: Watched): Alarm[] => {
  const { territory, serving } = watched
  const topic = new Topic(scope, 'Alarms', { displayName: `Préau ${territory.name}`, enforceSSL: true })
  const { account } = Stack.of(scope)
  topic.grantPublish(
    new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  )
  for (const contact of territory.contacts) topic.addSubscription(new EmailSubscription(contact))
  const rules = [
    ...[...serving, watched.delivery, watched.losses.fn].flatMap(fn => functionRules(fn, territory.name)),
    ...watched.rules,
    ...territoryRules(watched),
  ]
  return rules.map(({ id, metric, threshold, below, periods: [breaching, evaluated], hurt, act }) => {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      alarmName: `preau-${territory.name}-${id}`,
      alarmDescription: `Hurt: ${hurt} Do: ${act}`,
      metric,
      threshold,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: breaching,
      evaluationPeriods: evaluated,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(topic))
    alarm.addOkAction(new SnsAction(topic))
    return alarm
  })
}
