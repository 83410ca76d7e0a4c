import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { newsContract } from '../shared/news/contract.ts'
import { ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'
import type { Territory } from './territories.ts'

/** The news: what a school tells its people, and what they did with it. */
export const newsFunction = (scope: Construct, territory: Territory, table: ITable): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'News', territory, {
    name: newsContract.function,
    what: 'News: publishing, reading, signing, following',
    impact:
      'Schools cannot publish, and families cannot sign. What was published is still shown, by the edge, for a day.',
    entry: 'functions/news/handler.ts',
    // Mostly waits for the table; a start has more processor than this gives.
    memory: 512,
    timeout: 10,
  })
  grantTable(fn, table, {
    read: ['GetItem', 'BatchGetItem', 'Query'],
    from: ['AU#', 'G#', 'I#', 'KEYS', 'N#', 'P#', 'S#'],
    write: ['PutItem', 'UpdateItem', 'DeleteItem'],
    partitions: ['I#', 'N#', 'P#', 'S#'],
    checks: ['A#', 'P#'],
  })
  return fn
}
