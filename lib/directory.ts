import type { Construct } from 'constructs'
import { directoryAccess } from '../functions/directory/access.ts'
import { requestAccess } from '../functions/platform/access.ts'
import { directoryContract } from '../shared/directory/contract.ts'
import { grantImports } from './platform/imports.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'

/** The function of the directory: who is in a school, and the codes people activate their accounts with. */
export const directoryFunction = (scope: Construct, { territory, table, imports }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Directory', territory, {
    name: directoryContract.function,
    what: 'The people, groups and imports of a school; activation codes',
    impact: 'Schools cannot look people up, nor give a code to whoever has lost theirs.',
    entry: 'functions/directory/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
  })
  grantTable(fn, table, [requestAccess, directoryAccess])
  if (imports) grantImports(fn, imports)
  return fn
}
