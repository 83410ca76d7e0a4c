import type { Construct } from 'constructs'
import { requestAccess } from '../functions/platform/access.ts'
import { workAccess } from '../functions/work/access.ts'
import { workContract } from '../shared/work/contract.ts'
import { grantSignedReads } from './platform/arrivals.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'

/** The function of the work: what classes have done and are to do, what pupils ticked and handed in. */
export const workFunction = (scope: Construct, { territory, table, documents }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Work', territory, {
    name: workContract.function,
    what: 'Work: setting it, ticking it, handing it in, following it',
    impact:
      'Teachers cannot set work, and pupils cannot tick it or hand it in. What was set is still shown, by the edge.',
    entry: 'functions/work/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
  })
  grantTable(fn, table, [requestAccess, workAccess])
  if (documents) grantSignedReads(fn, documents)
  return fn
}
