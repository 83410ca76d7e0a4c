import { uses } from '../../platform/access.ts'
import { put } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import { handInPatterns } from './patterns.ts'

/** What entering an outage does with the table. */
export const outageAccess = uses({ put: [handInPatterns.outage] })

type Entering = { readonly table: Table<typeof outageAccess>; readonly now: () => Date }

/**
 * Enters an interval in which the territory could not be reached: deadlines that passed in it are judged by it from now on,
 * also of what was handed in before. An entry is kept as it was made, with when and why.
 * @returns false if one that begins at the same instant is there already
 */
export const enterOutage = async (
  { table, now }: Entering,
  outage: { readonly from: string; readonly to: string; readonly reason: string },
): Promise<boolean> => {
  const entry = { ...outage, enteredAt: now().toISOString() }
  const done = await table.transact([
    put('outage', handInPatterns.outage, { from: outage.from }, entry, { absent: true }),
  ])
  return done.ok
}
