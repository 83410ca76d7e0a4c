import { type Operation, remove } from '../platform/operation.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { SessionItem } from './items.ts'

/** A transaction takes 100 items; some are left for what goes with the last sessions. */
const most = 90

/** The operation that ends a session. */
export const ending = (person: string, session: string): Operation =>
  remove('ended', patterns.session, [person, session])

/**
 * Operations that end sessions of a person, for the caller's transaction. Beyond what one transaction takes, the
 * rest is ended at once.
 */
export const endings = async (
  { table }: Pick<Platform, 'table'>,
  person: string,
  which: (session: SessionItem) => boolean = () => true,
): Promise<Operation[]> => {
  const sessions = (await table.all(patterns.sessions, [person])).filter(which)
  const operations = sessions.map(one => ending(person, one.session))
  while (operations.length > most) await table.transact(operations.splice(most))
  return operations
}
