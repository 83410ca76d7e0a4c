import { CustomResource } from 'aws-cdk-lib'
import type { IKeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { passwordContract, sessionContract } from '../shared/session/contract.ts'
import { ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'
import type { Territory } from './territories.ts'

/** Sign-in, activation and the change of a password: the routes that hash. */
export const passwordFunction = (scope: Construct, territory: Territory, table: ITable): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Password', territory, {
    name: passwordContract.function,
    what: 'Sign-in, activation, change of password: what hashes passwords',
    impact: 'People who are not signed in cannot come in, and new accounts cannot be activated.',
    entry: 'functions/session/password.ts',
    // One whole processor: a password's hash is measured for it (functions/session/password-hash.ts).
    memory: 1769,
    timeout: 10,
    reservedConcurrency: territory.reservedConcurrency?.password,
  })
  grantTable(fn, table, {
    read: ['GetItem', 'BatchGetItem', 'Query'],
    from: ['A#', 'I#', 'KEYS', 'L#', 'P#', 'T#'],
    write: ['PutItem', 'UpdateItem', 'DeleteItem'],
    partitions: ['A#', 'I#', 'T#'],
    checks: ['A#', 'P#'],
  })
  return fn
}

/** A session already begun: its renewal, its end, who one is. */
export const sessionFunction = (scope: Construct, territory: Territory, table: ITable): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Session', territory, {
    name: sessionContract.function,
    what: 'Sessions already begun: renewal, sign-out, who one is',
    impact: 'People signed in are shown as signed out within 15 minutes, and cannot sign out.',
    entry: 'functions/session/handler.ts',
    // Mostly waits for the table; a start has more processor than this gives.
    memory: 512,
    timeout: 10,
  })
  grantTable(fn, table, {
    read: ['GetItem', 'Query'],
    from: ['A#', 'I#', 'KEYS', 'P#'],
    write: ['PutItem', 'UpdateItem', 'DeleteItem'],
    partitions: ['A#', 'I#'],
    checks: ['A#', 'P#'],
  })
  return fn
}

/**
 * The territory's keys: made at deploy by a custom resource, known to the table and the edge, rotated every day. No
 * secret is in the template: the one the edge proves itself with is an attribute of the resource.
 */
export const territoryKeys = (
  scope: Construct,
  territory: Territory,
  { table, store }: { table: ITable; store: IKeyValueStore },
): { fn: ServiceFunction; edgeSecret: string } => {
  const fn = new ServiceFunction(scope, 'Keys', territory, {
    name: 'keys',
    what: "Makes the territory's keys at deploy, rotates them every day",
    impact: 'Nobody, for days: sessions go on with the keys there are. A deploy of a new territory stops.',
    entry: 'functions/session/keys.ts',
    memory: 512,
    // The edge's store may refuse an update several times while another one lands.
    timeout: 60,
    environment: { KVS_ARN: store.keyValueStoreArn },
  })
  grantTable(fn, table, { read: ['GetItem'], from: ['KEYS'], write: ['PutItem'], partitions: ['KEYS'] })
  fn.allow(
    ['DescribeKeyValueStore', 'ListKeys', 'UpdateKeys'].map(action => `cloudfront-keyvaluestore:${action}`),
    [store.keyValueStoreArn],
  )
  new Rule(scope, 'KeyRotation', {
    description: "One step of the rotation of the territory's keys, at an hour when few are signed in",
    schedule: Schedule.cron({ hour: '2', minute: '17' }),
    targets: [new LambdaFunction(fn)],
  })
  const resource = new CustomResource(scope, 'TerritoryKeys', {
    resourceType: 'Custom::PreauKeys',
    serviceToken: fn.functionArn,
    properties: { KvsArn: store.keyValueStoreArn, TableName: table.tableName },
  })
  resource.node.addDependency(fn.role as IRole)
  return { fn, edgeSecret: resource.getAttString('EdgeSecret') }
}
