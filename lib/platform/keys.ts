import { CustomResource, Duration } from 'aws-cdk-lib'
import type { IKeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { keysAccess } from '../../functions/platform/access.ts'
import type { AlarmRule } from './alarm-rule.ts'
import { grantEdgeStore } from './edge-store.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'

const keysRules = (keys: ServiceFunction): AlarmRule[] => [
  {
    id: 'KeysFailures',
    metric: keys.metricErrors({ period: Duration.minutes(5) }),
    threshold: 1,
    periods: [1, 1],
    hurt: keys.service.impact,
    act: 'Read the errors in the log of keys; run the function once by hand when it is corrected.',
  },
  {
    id: 'KeysNotRotated',
    metric: keys.metricInvocations({ period: Duration.days(1) }),
    threshold: 1,
    below: true,
    periods: [2, 2],
    hurt: 'Nobody yet: but the keys that sign sessions are no longer rotated, and a stolen one stays valid.',
    act: "See whether the schedule's rule is enabled.",
  },
]

/**
 * The territory's keys: generated at deploy by a custom resource, stored in the table and the edge's key-value store,
 * rotated every day. The template holds no secret: the edge's secret header is an attribute of the custom resource.
 */
export const territoryKeys = (
  scope: Construct,
  { territory, table, store }: FunctionProps & { readonly store: IKeyValueStore },
): { edgeSecret: string; rules: readonly AlarmRule[] } => {
  const fn = new ServiceFunction(scope, 'Keys', territory, {
    name: 'keys',
    what: "Generates the territory's keys at deploy, rotates them every day",
    impact: 'Nobody, for days: sessions continue with the existing keys. The deploy of a new territory fails.',
    entry: 'functions/keys/handler.ts',
    memory: 512,
    // The key-value store may refuse an update several times while another one is being applied.
    timeout: 60,
  })
  grantTable(fn, table, [keysAccess])
  grantEdgeStore(fn, store)
  new Rule(scope, 'KeyRotation', {
    description: "One step of the rotation of the territory's keys, at an hour when few are signed in",
    schedule: Schedule.cron({ hour: '2', minute: '17' }),
    targets: [new LambdaFunction(fn)],
  })
  const resource = new CustomResource(scope, 'TerritoryKeys', {
    resourceType: 'Custom::PreauKeys',
    serviceToken: fn.functionArn,
    // A release that needs a further secret, or keeps one in another place, names it here, so that its deploy runs the function, which sees to it.
    properties: {
      KvsArn: store.keyValueStoreArn,
      TableName: table.tableName,
      Secrets: 'refresh edge boards factors-apart',
      ...(territory.renewed && { Renewed: JSON.stringify(territory.renewed) }),
    },
  })
  resource.node.addDependency(fn.role as IRole)
  return { edgeSecret: resource.getAttString('EdgeSecret'), rules: keysRules(fn) }
}
