import { uses } from '../platform/access.ts'
import { type Operation, remove } from '../platform/operation.ts'
import type { Table } from '../platform/table.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'

/** Most sessions ended in one transaction: it takes 100 items, of which some are left for the caller's operations. */
const mostSessions = 90

const endingAccess = uses({ query: [sessionPatterns.sessions], remove: [sessionPatterns.session] })

/** The operation that ends a session. */
export const endSession = (person: string, session: string): Operation<'remove', typeof sessionPatterns.session> =>
  remove('ended', sessionPatterns.session, { person, session })

/**
 * The operations that end sessions of a person, for the caller's transaction. If there are more than one transaction
 * takes, the rest is ended at once, in transactions of its own.
 */
export const endSessions = async (
  { table }: { readonly table: Table<typeof endingAccess> },
  person: string,
  which: (session: SessionItem) => boolean = () => true,
): Promise<ReturnType<typeof endSession>[]> => {
  const sessions = (await table.all(sessionPatterns.sessions, { person })).filter(which)
  const operations = sessions.map(one => endSession(person, one.session))
  while (operations.length > mostSessions) await table.transact(operations.splice(mostSessions))
  return operations
}
