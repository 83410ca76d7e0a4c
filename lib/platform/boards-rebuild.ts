import { CustomResource } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { Access } from '../../functions/platform/access.ts'
import type { Contract } from '../../shared/kernel/route.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'

/**
 * Has all boards rendered anew by each deploy that changes the shape of one.
 * @param access what ordering it does with the table.
 */
export const boardsRebuild = (
  scope: Construct,
  {
    territory,
    table,
    contracts,
    access,
  }: FunctionProps & { readonly contracts: readonly Contract[]; readonly access: Access },
): void => {
  const fn = new ServiceFunction(scope, 'BoardsRebuild', territory, {
    name: 'boards',
    what: 'Orders that all boards be rendered anew, at deploys that change their shape',
    impact: 'Nobody: readers keep the boards of before. The deploy fails and is rolled back.',
    entry: 'functions/delivery/order-rebuild.ts',
    memory: 512,
    timeout: 30,
  })
  grantTable(fn, table, [access])
  const shapes = contracts.flatMap(({ board }) => (board ? [`${board.service} ${board.shape}`] : [])).sort()
  const resource = new CustomResource(scope, 'BoardShapes', {
    resourceType: 'Custom::PreauBoards',
    serviceToken: fn.functionArn,
    properties: { TableName: table.tableName, Shapes: shapes.join(', ') },
  })
  resource.node.addDependency(fn.role as IRole)
}
