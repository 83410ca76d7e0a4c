import { Duration } from 'aws-cdk-lib'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { Watched } from './alarm-rule.ts'

const minute = Duration.minutes(1)

const graph = (title: string, left: IMetric[], right: IMetric[] = []): IWidget =>
  new GraphWidget({ title, left, right, width: 8, height: 6, period: minute })

/** CloudFront's metrics are in us-east-1, whatever the territory's Region. */
const edgeMetric = (edge: Distribution, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    statistic,
    region: 'us-east-1',
    period: minute,
    dimensionsMap: { DistributionId: edge.distributionId, Region: 'Global' },
  })

const tableMetric = ({ table }: Watched, metricName: string) =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    statistic: 'Sum',
    period: minute,
    dimensionsMap: { TableName: table.tableName },
  })

/** The territory's dashboard: requests, cache, refusals and errors, from the edge to the table. */
export const dashboard = (scope: Construct, watched: Watched, edge: Distribution, alarms: readonly Alarm[]): void => {
  const { territory, serving, delivery, renderings, clock, deadLetters, losses, api } = watched
  const functions = [...serving, delivery, clock, losses.fn]
  const each = (metric: (fn: (typeof functions)[number]) => IMetric) => functions.map(metric)
  new Dashboard(scope, 'Dashboard', {
    dashboardName: `preau-${territory.name}`,
    defaultInterval: Duration.hours(3),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 })],
      [
        graph('Requests at the edge', [edgeMetric(edge, 'Requests', 'Sum')]),
        graph('Failures at the edge, %', [
          edgeMetric(edge, '4xxErrorRate', 'Average'),
          edgeMetric(edge, '5xxErrorRate', 'Average'),
        ]),
        graph('Bytes sent by the edge', [edgeMetric(edge, 'BytesDownloaded', 'Sum')]),
      ],
      [
        graph('Requests to the API, behind the edge', [api.metricCount({ statistic: 'Sum' })]),
        graph('Client and server errors', [
          api.metricClientError({ statistic: 'Sum' }),
          api.metricServerError({ statistic: 'Sum' }),
        ]),
        graph(
          'Time to answer, ms',
          ['p50', 'p95', 'p99'].map(statistic => api.metricLatency({ statistic, label: statistic })),
        ),
      ],
      [
        graph('Invocations', [...each(fn => fn.metricInvocations({ label: fn.service.name })), renderings]),
        graph(
          'Concurrent executions',
          each(fn => fn.metric('ConcurrentExecutions', { statistic: 'Maximum', label: fn.service.name })),
        ),
        graph(
          'Errors and throttles',
          each(fn => fn.metricErrors({ label: `${fn.service.name} errors` })),
          each(fn => fn.metricThrottles({ label: `${fn.service.name} throttles` })),
        ),
      ],
      [
        graph('Units of the table', [
          tableMetric(watched, 'ConsumedReadCapacityUnits'),
          tableMetric(watched, 'ConsumedWriteCapacityUnits'),
        ]),
        graph('Throttled by the table', [
          tableMetric(watched, 'ReadThrottleEvents'),
          tableMetric(watched, 'WriteThrottleEvents'),
        ]),
        graph(
          'Delivery and losses: iterator age (ms), dead letters',
          [
            delivery.metric('IteratorAge', { statistic: 'Maximum', label: 'delivery age' }),
            losses.fn.metric('IteratorAge', { statistic: 'Maximum', label: 'losses age' }),
          ],
          [
            deadLetters.metricApproximateNumberOfMessagesVisible({
              statistic: 'Maximum',
              label: 'delivery dead letters',
            }),
            losses.deadLetters.metricApproximateNumberOfMessagesVisible({
              statistic: 'Maximum',
              label: 'losses dead letters',
            }),
          ],
        ),
      ],
    ],
  })
}
