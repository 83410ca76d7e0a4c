import { uses } from '../platform/access.ts'
import { type Operation, remove } from '../platform/operation.ts'
import type { Table } from '../platform/table.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'

/** A transaction takes 100 items; some are left for what goes with the last sessions. */
const most = 90

const endingAccess = uses({ query: [sessionPatterns.sessions], remove: [sessionPatterns.session] })

/** The operation that ends a session. */
export const ending = (person: string, session: string): Operation<'remove', typeof sessionPatterns.session> =>
  remove('ended', sessionPatterns.session, { person, session })

/**
 * Operations that end sessions of a person, for the caller's transaction. Beyond what one transaction takes, the
 * rest is ended at once.
 */
export const endings = async (
  { table }: { readonly table: Table<typeof endingAccess> },
  person: string,
  which: (session: SessionItem) => boolean = () => true,
): Promise<ReturnType<typeof ending>[]> => {
  const sessions = (await table.all(sessionPatterns.sessions, { person })).filter(which)
  const operations = sessions.map(one => ending(person, one.session))
  while (operations.length > most) await table.transact(operations.splice(most))
  return operations
}
