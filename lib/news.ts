import type { Construct } from 'constructs'
import { newsAccess } from '../functions/news/access.ts'
import { requestAccess } from '../functions/platform/access.ts'
import { newsContract } from '../shared/news/contract.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'

/** The function of the news: what a school publishes, and who has read and signed it. */
export const newsFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'News', territory, {
    name: newsContract.function,
    what: 'News: publishing, reading, signing, following',
    impact: 'Schools cannot publish, and families cannot sign. What was published is still shown, by the edge.',
    entry: 'functions/news/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
  })
  grantTable(fn, table, [requestAccess, newsAccess])
  return fn
}
