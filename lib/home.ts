import type { Construct } from 'constructs'
import { homeAccess } from '../functions/home/access.ts'
import { requestAccess } from '../functions/platform/access.ts'
import { homeContract } from '../shared/home/contract.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'

/** The function of Home: what is private of it, which every visit reads once. */
export const homeFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Home', territory, {
    name: homeContract.function,
    what: 'Home: what one has seen, signed, ticked and handed in',
    impact:
      'Devices show what was seen, signed, ticked and handed in as they knew it last. What all read alike is shown as always.',
    entry: 'functions/home/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
  })
  grantTable(fn, table, [requestAccess, homeAccess])
  return fn
}
