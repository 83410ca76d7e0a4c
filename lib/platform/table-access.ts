import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { type Access, actionsOf } from '../../functions/platform/access.ts'
import type { ServiceFunction } from './service-function.ts'

/**
 * Grants a function the table access that its code declares, and sets its environment variable TABLE_NAME. Each action
 * is granted only on the partitions it is declared for, so that a fault in one feature cannot read or change another's
 * items. A transaction needs the permissions of its parts.
 */
export const grantTable = (fn: ServiceFunction, table: ITable, accesses: readonly Access[]): void => {
  fn.addEnvironment('TABLE_NAME', table.tableName)
  const byPartitions = Map.groupBy(actionsOf(accesses), ([, partitions]) => partitions.join(' '))
  for (const granted of byPartitions.values()) {
    const [, partitions = []] = granted[0] ?? []
    fn.allow(
      granted.map(([action]) => `dynamodb:${action}`),
      [table.tableArn],
      // ForAllValues is also true for a request without this key, such as a Scan: no such action is granted by this.
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map(prefix => `${prefix}*`) } },
    )
  }
}
