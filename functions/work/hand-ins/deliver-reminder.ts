import { after, epochSeconds } from '../../../shared/kernel/dates.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { type Change, subscription } from '../../platform/delivery.ts'
import { update } from '../../platform/operation.ts'
import type { Background } from '../../platform/platform.ts'
import type { deliveryAccess } from '../access.ts'
import { workPatterns } from '../patterns.ts'
import { missingOf } from './missing.ts'
import { listed } from './own-row.ts'
import { handInPatterns } from './patterns.ts'

type Of = Change<(typeof handInPatterns)['reminder']>

/** Puts a reminder into the own lists of those who have not handed in. Repeating it changes nothing. */
const deliverReminder = async (
  { table, now }: Background<typeof deliveryAccess>,
  changes: readonly Of[],
): Promise<void> => {
  const [first] = changes
  if (!first) return
  const { piece } = first.args
  const [reminder, item] = await Promise.all([
    table.get(handInPatterns.reminder, { piece }, { consistent: true }),
    table.get(workPatterns.piece, { piece }, { consistent: true }),
  ])
  if (!reminder || !item?.assignment || item.removedAt !== undefined) return
  const expiresAt = epochSeconds(after(now(), listed))
  await forEachConcurrent(await missingOf(table, item), async person => {
    await table.applyIf(
      update(
        'own hand-in',
        handInPatterns.ownHandIn,
        { person, piece },
        {
          set: { piece, remindedAt: reminder.at, remindsGuardians: reminder.guardians, expiresAt },
          first: { state: 'assigned' },
        },
      ),
    )
  })
}

/** Carries reminders of those who have not handed in out. */
export const reminderSubscription = subscription({
  name: 'work reminders',
  of: [handInPatterns.reminder],
  on: ['INSERT', 'MODIFY'],
  deliver: deliverReminder,
})
