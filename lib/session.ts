import type { Construct } from 'constructs'
import { requestAccess } from '../functions/platform/access.ts'
import { passwordAccess, sessionAccess } from '../functions/session/access.ts'
import { passwordContract, sessionContract } from '../shared/session/contract.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'

/** The function of sign-in, activation and change of password: the routes that hash a password. */
export const passwordFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Password', territory, {
    name: passwordContract.function,
    what: 'Sign-in, activation, change of password: the routes that hash passwords',
    impact: 'People who are not signed in cannot sign in, and new accounts cannot be activated.',
    entry: 'functions/session/password.ts',
    // One whole vCPU: the cost of a password hash is chosen for it (functions/session/password-hash.ts).
    memory: 1769,
    timeout: requestTimeout,
    reservedConcurrency: territory.reservedConcurrency?.password,
  })
  grantTable(fn, table, [requestAccess, passwordAccess])
  return fn
}

/** The function of existing sessions: renewal, sign-out, and who is signed in. */
export const sessionFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Session', territory, {
    name: sessionContract.function,
    what: 'Existing sessions: renewal, sign-out, who is signed in',
    impact: 'People signed in are shown as signed out within 15 minutes, and cannot sign out.',
    entry: 'functions/session/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
  })
  grantTable(fn, table, [requestAccess, sessionAccess])
  return fn
}
