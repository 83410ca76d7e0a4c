import { CustomResource } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { type Access, migrationOrderAccess } from '../../functions/platform/access.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'

type Migrations = FunctionProps & {
  /** The stream's function, which carries migrations out. */
  readonly delivery: ServiceFunction
  /** What each migration of this release does with the table; none: there is nothing to migrate. */
  readonly accesses: readonly Access[]
}

/**
 * Has the table's items migrated by each deploy that raises their generation. Only while a release has migrations may the
 * stream's function read all items: a Scan cannot be bounded by partitions. Beside it, the clock alone may, to erase people.
 */
export const itemMigrations = (scope: Construct, { territory, table, delivery, accesses }: Migrations): void => {
  if (accesses.length > 0) delivery.allow(['dynamodb:Scan'], [table.tableArn])
  const fn = new ServiceFunction(scope, 'Migrations', territory, {
    name: 'migrations',
    what: 'Orders that items of earlier releases be migrated, and that people who left be erased',
    impact: 'Nobody: items stay as they are, and are read. The deploy fails and is rolled back.',
    entry: 'functions/delivery/order-migrations.ts',
    memory: 512,
    timeout: 30,
  })
  grantTable(fn, table, [migrationOrderAccess])
  const resource = new CustomResource(scope, 'ItemGeneration', {
    resourceType: 'Custom::PreauItems',
    serviceToken: fn.functionArn,
    properties: {
      TableName: table.tableName,
      Generation: String(itemGenerations.current),
      // From the release on that has this property, people who left are erased.
      Erasures: 'weekly',
    },
  })
  resource.node.addDependency(fn.role as IRole, delivery)
}
