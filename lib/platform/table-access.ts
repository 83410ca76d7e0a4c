import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { ServiceFunction } from './service-function.ts'

/** What a function may do with the table: how it reads and writes, and which kinds of partition. */
export type TableAccess = {
  readonly read: readonly ('GetItem' | 'BatchGetItem' | 'Query')[]
  /** Beginnings of the partition keys it reads. */
  readonly from: readonly string[]
  readonly write: readonly ('PutItem' | 'UpdateItem' | 'DeleteItem')[]
  /** Beginnings of the partition keys it writes, such as `N#`: the items of its feature. */
  readonly partitions: readonly string[]
  /** Beginnings of the partition keys its transactions require something of without writing them. */
  readonly checks?: readonly string[]
}

const leading = (partitions: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map(begins => `${begins}*`) },
})
const dynamodb = (actions: readonly string[]) => actions.map(action => `dynamodb:${action}`)

/**
 * Grants a function its access to the table, and tells it the table's name. A transaction is permitted by the actions
 * of its parts. Writes are bound to the feature's own partitions, reads to those it needs: a fault in the news cannot
 * change a password, nor show what is stored of one.
 */
export const grantTable = (fn: ServiceFunction, table: ITable, access: TableAccess): void => {
  fn.addEnvironment('TABLE_NAME', table.tableName)
  fn.allow(dynamodb(access.read), [table.tableArn], leading(access.from))
  fn.allow(dynamodb(access.write), [table.tableArn], leading(access.partitions))
  if (access.checks) fn.allow(dynamodb(['ConditionCheckItem']), [table.tableArn], leading(access.checks))
}
