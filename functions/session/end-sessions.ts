import { uses } from '../platform/access.ts'
import { chunks } from '../platform/concurrent.ts'
import { type Operation, remove } from '../platform/operation.ts'
import type { Table } from '../platform/table.ts'
import type { SessionItem } from './patterns.ts'
import { sessionPatterns } from './patterns.ts'

/** Most sessions ended in one transaction: it takes 100 items, of which some are left for the caller's operations. */
const mostSessions = 90

/**
 * Most live sessions of a person: more devices than anybody uses within the 30 days that an unused one is kept. One more
 * ends the one that was used longest ago (docs/decisions/0043-sessions-and-their-repeats.md).
 */
export const mostLiveSessions = 20

const endingAccess = uses({ query: [sessionPatterns.sessions], remove: [sessionPatterns.session] })

type Ending = { readonly table: Table<typeof endingAccess> }

/** A transaction that ends sessions met others on the same items for too long. It has the name of DynamoDB's exception. */
class StillBusyError extends Error {
  override readonly name = 'TransactionInProgressException'
}

/** The operation that ends a session. */
export const endSession = (person: string, session: string): Operation<'remove', typeof sessionPatterns.session> =>
  remove('ended', sessionPatterns.session, { person, session })

const sessionsOf = async ({ table }: Ending, person: string, which: (session: SessionItem) => boolean) => {
  const sessions = await table.all(sessionPatterns.sessions, { person }, { consistent: true })
  const ending = sessions.filter(which).map(one => endSession(person, one.session))
  return chunks(ending, mostSessions)
}

const endEach = async ({ table }: Ending, parts: readonly (readonly ReturnType<typeof endSession>[])[]) => {
  for (const part of parts) {
    const done = await table.transact(part)
    if (!done.ok) throw new StillBusyError('sessions could not be ended')
  }
}

/**
 * The operations that end sessions of a person, 90 at most, for the caller's transaction. If there are more, the rest is
 * ended before, in transactions of its own. Throws if one of these is not done.
 */
export const endSessions = async (
  ending: Ending,
  person: string,
  which: (session: SessionItem) => boolean = () => true,
): Promise<ReturnType<typeof endSession>[]> => {
  const [own = [], ...rest] = await sessionsOf(ending, person, which)
  await endEach(ending, rest)
  return own
}

/** Ends sessions of a person, in transactions of its own. Throws if one of these is not done. */
export const endSessionsNow = async (
  ending: Ending,
  person: string,
  which: (session: SessionItem) => boolean,
): Promise<void> => endEach(ending, await sessionsOf(ending, person, which))

/** The operations that end the sessions used longest ago, so that there are {@link mostLiveSessions} with one more. */
export const endOldest = async (ending: Ending, person: string): Promise<ReturnType<typeof endSession>[]> => {
  const sessions = await ending.table.all(sessionPatterns.sessions, { person })
  const byUse = sessions.sort((a, b) => b.lastSeen.localeCompare(a.lastSeen))
  const oldest = new Set(byUse.slice(mostLiveSessions - 1).map(one => one.session))
  return oldest.size > 0 ? endSessions(ending, person, one => oldest.has(one.session)) : []
}
