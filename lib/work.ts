import type { Construct } from 'constructs'
import { requestAccess } from '../functions/platform/access.ts'
import { workAccess } from '../functions/work/access.ts'
import { workContract } from '../shared/work/contract.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'

/** The function of the work: what classes have done and are to do, and what pupils ticked. */
export const workFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Work', territory, {
    name: workContract.function,
    what: 'Work: setting it, ticking it, following it',
    impact: 'Teachers cannot set work, and pupils cannot tick it. What was set is still shown, by the edge, for a day.',
    entry: 'functions/work/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
  })
  grantTable(fn, table, [requestAccess, workAccess])
  return fn
}
