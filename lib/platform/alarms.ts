import { Duration, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { AlarmRule, Watched } from './alarm-rule.ts'
import { apiRules } from './api-rules.ts'
import type { ServiceFunction } from './service-function.ts'

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

const tableRules = ({ table }: Watched): AlarmRule[] => [
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
    ...apiRules(watched),
    ...tableRules(watched),
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
