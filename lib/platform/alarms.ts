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

/** An alarm: when it rings, who is hurt then, and what whoever is woken does. */
type Concern = {
  readonly id: string
  readonly metric: IMetric
  /** It rings at this value or above (below, with `below`). */
  readonly at: number
  readonly below?: true
  /** In so many of so many periods. */
  readonly of: readonly [number, number]
  readonly hurt: string
  readonly act: string
}

export type Watched = {
  readonly territory: Territory
  /** Functions that answer requests. */
  readonly serving: readonly ServiceFunction[]
  readonly delivery: ServiceFunction
  readonly setAside: IQueue
  readonly keys: ServiceFunction
  readonly api: HttpApi
  readonly table: ITable
}

const minutes = (count: number) => Duration.minutes(count)

/** Failures of a function: those Lambda sees, and the surprises it answered as "something went wrong on our side". */
const failures = (fn: ServiceFunction, territory: string): IMetric =>
  new MathExpression({
    expression: 'FILL(errors, 0) + FILL(surprises, 0)',
    label: 'Failures',
    period: minutes(5),
    usingMetrics: {
      errors: fn.metricErrors(),
      surprises: new Metric({
        namespace: 'Preau',
        metricName: 'Surprises',
        dimensionsMap: { service: fn.service.name, territory },
        statistic: 'Sum',
      }),
    },
  })

const ofServing = (fn: ServiceFunction, territory: string): Concern[] => [
  {
    id: `${fn.node.id}Failures`,
    metric: failures(fn, territory),
    at: 5,
    of: [2, 3],
    hurt: fn.service.impact,
    act: `Read the errors in the log of ${fn.service.name}; if they began with a deploy, deploy the version before.`,
  },
  {
    id: `${fn.node.id}Throttles`,
    metric: fn.metricThrottles({ period: minutes(1) }),
    at: 1,
    of: [3, 5],
    hurt: `${fn.service.impact} Those refused are told to try again in moments.`,
    act: 'Ask AWS for more concurrent executions in this Region, and see which function takes them.',
  },
]

const ofDelivery = ({ delivery, setAside }: Watched): Concern[] => [
  {
    id: 'DeliveryLate',
    metric: delivery.metric('IteratorAge', { statistic: 'Maximum', period: minutes(1) }),
    at: 30_000,
    of: [3, 3],
    hurt: 'Readers see news, and authors see counts, half a minute late or more.',
    act: 'See on the dashboard whether delivery fails, is throttled, or has more to do than its environments can.',
  },
  {
    id: 'DeliverySetAside',
    metric: setAside.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: minutes(1) }),
    at: 1,
    of: [1, 1],
    hurt: 'Some changes were given up on: a publication may be missing from a list, or a count be short.',
    act: 'Read the errors in the log of delivery, correct, and publish the items named in the queue again.',
  },
]

const ofTheRest = ({ api, table, keys }: Watched): Concern[] => [
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
    at: 1,
    of: [2, 3],
    hurt: 'One request in a hundred fails, whatever the service: people see errors and try again.',
    act: 'See on the dashboard which function or which limit it is.',
  },
  {
    id: 'ApiSlow',
    metric: api.metricLatency({ statistic: 'p95', period: minutes(5) }),
    at: 2000,
    of: [3, 3],
    hurt: 'One request in twenty takes two seconds or more: Préau feels broken on a phone.',
    act: 'See on the dashboard whether the table throttles or the functions start more than they serve.',
  },
  {
    id: 'TableThrottles',
    metric: new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      label: 'Requests the table held back',
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
    at: 10,
    of: [3, 5],
    hurt: 'Requests wait for the table and some are refused: everybody, more with every minute of a rush.',
    act: 'Raise warmThroughput of the territory in lib/territories.ts and deploy: it takes effect within minutes.',
  },
  {
    id: 'KeysFailures',
    metric: keys.metricErrors({ period: minutes(5) }),
    at: 1,
    of: [1, 1],
    hurt: keys.service.impact,
    act: 'Read the errors in the log of keys; run the function once by hand when it is corrected.',
  },
  {
    id: 'KeysStandStill',
    metric: keys.metricInvocations({ period: Duration.days(1) }),
    at: 1,
    below: true,
    of: [2, 2],
    hurt: 'Nobody yet: but the keys that sign sessions grow old, and a stolen one stays good.',
    act: "See whether the schedule's rule is enabled.",
  },
]

/** The alarms of a territory, each mailed to its contacts when it rings and when it is over. */
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
  const concerns = [
    ...[...serving, watched.delivery].flatMap(fn => ofServing(fn, territory.name)),
    ...ofDelivery(watched),
    ...ofTheRest(watched),
  ]
  return concerns.map(({ id, metric, at, below, of: [ringing, periods], hurt, act }) => {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      alarmName: `preau-${territory.name}-${id}`,
      alarmDescription: `Hurt: ${hurt} Do: ${act}`,
      metric,
      threshold: at,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: ringing,
      evaluationPeriods: periods,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(topic))
    alarm.addOkAction(new SnsAction(topic))
    return alarm
  })
}
