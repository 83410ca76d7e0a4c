import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { directoryContract } from '../shared/directory/contract.ts'
import { ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'
import type { Territory } from './territories.ts'

/** The directory: who is in a school, and the codes they activate their accounts with. */
export const directoryFunction = (scope: Construct, territory: Territory, table: ITable): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Directory', territory, {
    name: directoryContract.function,
    what: 'The people and groups of a school; activation codes',
    impact: 'Schools cannot look people up, nor give a code to whoever has lost theirs.',
    entry: 'functions/directory/handler.ts',
    // Mostly waits for the table; a start has more processor than this gives.
    memory: 512,
    timeout: 10,
  })
  grantTable(fn, table, {
    read: ['GetItem', 'BatchGetItem', 'Query'],
    from: ['A#', 'G#', 'I#', 'KEYS', 'L#', 'P#', 'S#'],
    write: ['PutItem', 'UpdateItem'],
    partitions: ['A#', 'I#', 'L#'],
    checks: ['A#', 'P#'],
  })
  return fn
}
