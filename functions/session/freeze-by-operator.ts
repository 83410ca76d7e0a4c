import { uses } from '../platform/access.ts'
import { put, remove } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Table } from '../platform/table.ts'
import { accountPatterns, eventOf } from './accounts.ts'

/** What freezing an account by the operator's command does with the table. */
export const operatorFreezeAccess = uses({
  put: [accountPatterns.event, platformPatterns.freeze],
  remove: [platformPatterns.freeze],
})

type Freezing = { readonly table: Table<typeof operatorFreezeAccess>; readonly now: () => Date }

/**
 * Freezes an account, or ends its freeze: where the only person in charge of a school is concerned, or the account of
 * somebody in charge was stolen.
 * @param reason absent: the freeze ends.
 * @returns false if it was so already.
 */
export const freezeByOperator = async (
  { table, now }: Freezing,
  person: string,
  reason: string | undefined,
): Promise<boolean> => {
  const at = now().toISOString()
  const done = await table.transact(
    reason === undefined
      ? [
          remove('freeze', platformPatterns.freeze, { person }, { present: true }),
          eventOf(person, { at, kind: 'unfrozen' }),
        ]
      : [
          put('freeze', platformPatterns.freeze, { person }, { at, reason }, { absent: true }),
          eventOf(person, { at, kind: 'frozen', reason }),
        ],
  )
  return done.ok
}
