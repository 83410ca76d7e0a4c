import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import type { Contract } from '../../shared/kernel/route.ts'
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

/** What the alarms and the dashboard of a territory watch. */
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
  readonly contracts: readonly Contract[]
  readonly api: HttpApi
  readonly table: ITable
}
