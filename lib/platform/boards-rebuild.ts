import { CustomResource } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { Access } from '../../functions/platform/access.ts'
import { indexShapes, pollSeconds } from '../../shared/kernel/board.ts'
import type { Contract } from '../../shared/kernel/route.ts'
import { type FunctionProps, ServiceFunction } from './service-function.ts'
import { grantTable } from './table-access.ts'

type Rebuild = FunctionProps & {
  readonly contracts: readonly Contract[]
  /** What ordering it does with the table. */
  readonly access: Access
  /** The stream's function, which carries the order out. */
  readonly delivery: ServiceFunction
}

/**
 * What boards and indexes are made by, beside the table: a change of it concerns the files that are there. `poll`: the
 * seconds that indexes tell devices to wait.
 */
export const madeBy = (contracts: readonly Contract[], shapes = indexShapes, poll = pollSeconds): string => {
  const boards = contracts.flatMap(({ board }) => (board ? [`${board.service} ${board.shape}`] : [])).sort()
  const indexes = [shapes.current, ...shapes.former.map(({ shape }) => shape)].sort((a, b) => a - b)
  return [...boards, `index ${indexes.join('+')}`, `poll ${poll}`].join(', ')
}

/**
 * Has all boards and indexes rendered anew by each deploy that changes the shape of one, or how often devices ask. The order
 * is given once the stream's function has its new code: a step of the former code would render what it replaces.
 */
export const boardsRebuild = (scope: Construct, { territory, table, contracts, access, delivery }: Rebuild): void => {
  const fn = new ServiceFunction(scope, 'BoardsRebuild', territory, {
    name: 'boards',
    what: 'Orders that all boards be rendered anew, at deploys that change how they are made',
    impact: 'Nobody: readers keep the boards of before. The deploy fails and is rolled back.',
    entry: 'functions/delivery/order-rebuild.ts',
    memory: 512,
    timeout: 30,
  })
  grantTable(fn, table, [access])
  const resource = new CustomResource(scope, 'BoardShapes', {
    resourceType: 'Custom::PreauBoards',
    serviceToken: fn.functionArn,
    properties: { TableName: table.tableName, Shapes: madeBy(contracts) },
  })
  resource.node.addDependency(fn.role as IRole, delivery)
}
