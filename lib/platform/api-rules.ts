import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type Contract, isWriting } from '../../shared/kernel/route.ts'
import type { AlarmRule, Watched } from './alarm-rule.ts'
import { utcSchoolHours } from './school-hours.ts'

const minutes = (count: number) => Duration.minutes(count)

/** A metric of one route: the stage has detailed metrics on. */
const routeMetric = (
  { api }: Watched,
  { method, path }: { readonly method: string; readonly path: string },
  metricName: string,
): IMetric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    statistic: 'Sum',
    dimensionsMap: { ApiId: api.apiId, Stage: '$default', Method: method, Resource: path },
  })

/**
 * Requests to the API in school hours; one, outside of them. A metric without requests has no values, and neither hour nor
 * day: these are of the clock's invocations, which come each minute.
 */
const requestsInSchoolHours = ({ api, clock, territory }: Watched): IMetric => {
  const { from, until } = utcSchoolHours(territory.timeZone)
  return new MathExpression({
    expression: `IF((DAY(runs) < 6 AND (HOUR(runs) >= ${from} AND HOUR(runs) < ${until})), FILL(requests, 0), 1)`,
    label: 'Requests in school hours',
    period: minutes(15),
    usingMetrics: { requests: api.metricCount({ statistic: 'Sum' }), runs: clock.metricInvocations() },
  })
}

type Entrance = { readonly name: string; readonly method: string; readonly path: string }

/** Routes by which anybody may try a secret: to sign in, to activate an account. */
const entrances = (contracts: readonly Contract[]): Entrance[] =>
  contracts.flatMap(({ routes }) =>
    Object.entries(routes).flatMap(([name, route]) =>
      isWriting(route) && route.secretBody && route.callers === 'anyone'
        ? [{ name, method: route.method, path: route.path }]
        : [],
    ),
  )

const refusedAt = (watched: Watched, entrance: Entrance): AlarmRule => ({
  id: `${entrance.name.charAt(0).toUpperCase()}${entrance.name.slice(1)}Refused`,
  metric: new MathExpression({
    expression: 'IF(attempts > 200, 100 * FILL(refused, 0) / attempts, 0)',
    label: `${entrance.method} ${entrance.path} refused, %`,
    period: minutes(5),
    usingMetrics: {
      attempts: routeMetric(watched, entrance, 'Count'),
      refused: routeMetric(watched, entrance, '4xx'),
    },
  }),
  threshold: 60,
  periods: [2, 3],
  hurt: 'More than half of those who try to come in are refused: people wait outside, or somebody guesses.',
  act: 'Count the problems of API-1 by route in the logs. wrong-credentials from everywhere: guesses, which are slowed by account and network; tell the schools whose accounts they are. After an import: see whether it changed logins.',
})

/** The alarms of the HTTP API, and of what its requests tell about the edge and about guesses. */
export const apiRules = (watched: Watched): AlarmRule[] => {
  const { api } = watched
  return [
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
      id: 'NoRequests',
      metric: requestsInSchoolHours(watched),
      threshold: 1,
      below: true,
      periods: [2, 2],
      hurt: 'Nobody has reached the API for half an hour of a school day: the edge, the domain name or its certificate may turn everybody away.',
      act: 'Open the address of the territory. If it does not answer, see the alias of the domain name, its certificate, and the errors of the distribution and of its function, whose metrics are in us-east-1. On a holiday of a small territory: nothing.',
    },
    ...entrances(watched.contracts).map(one => refusedAt(watched, one)),
  ]
}
