import { uses } from '../platform/access.ts'
import { put } from '../platform/operation.ts'
import type { Table } from '../platform/table.ts'
import { accountPatterns, eventOf } from './accounts.ts'
import { endSessions } from './end-sessions.ts'
import { factorPatterns, isSet } from './factor-patterns.ts'
import { sessionPatterns } from './patterns.ts'

/** What removing a second factor by the operator's command does with the table. */
export const operatorFactorAccess = uses({
  get: [factorPatterns.factor],
  query: [sessionPatterns.sessions],
  put: [accountPatterns.event, factorPatterns.factor],
  remove: [sessionPatterns.session],
})

type Resetting = { readonly table: Table<typeof operatorFactorAccess>; readonly now: () => Date }

/**
 * Removes the second factor of somebody whom nobody else in their school looks after, and ends their sessions.
 * @returns false if there was none, or if it changed at this moment.
 */
export const resetFactorByOperator = async (resetting: Resetting, person: string): Promise<boolean> => {
  const { table, now } = resetting
  const held = await table.get(factorPatterns.factor, { person }, { consistent: true })
  if (!isSet(held)) return false
  const at = now().toISOString()
  const none = { passkeys: [], recovery: [], reset: { at }, version: held.version + 1 }
  const done = await table.transact([
    put('factor', factorPatterns.factor, { person }, none, { is: { version: held.version } }),
    ...(await endSessions(resetting, person)),
    eventOf(person, { at, kind: 'factor-reset' }),
  ])
  return done.ok
}
