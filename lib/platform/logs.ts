import { RemovalPolicy } from 'aws-cdk-lib'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

/** A log group named `name`, kept for six months: what the CNIL recommends for logs that serve security. */
export const logGroup = (scope: Construct, id: string, name: string): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName: name,
    retention: RetentionDays.SIX_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  })
