import { mayTeach } from '../../shared/work/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { clock } from '../platform/clock.ts'
import { check, update } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background } from '../platform/platform.ts'
import { dueAccess } from './access.ts'
import { workDue } from './due.ts'
import { ownRowKey } from './own-row.ts'
import { type PieceItem, workPatterns } from './patterns.ts'

/** Why a piece does not go out at its time, if it does not: whoever set it may not set work for the class any more. */
const refusalOf = async ({ table }: Background<typeof dueAccess>, { author, group, uai }: PieceItem) => {
  const who = { person: author.id }
  const [person, frozen] = await Promise.all([
    table.get(directoryPatterns.person, who),
    table.get(platformPatterns.freeze, who, { consistent: true }),
  ])
  if (frozen) return { accountFrozen: true }
  return person?.status === 'active' && mayTeach(person, { id: group.id, uai }) ? undefined : { noLongerAllowed: true }
}

/**
 * What the clock does when a piece is due to be published: it writes into the piece when that was, and the table's stream
 * makes the notebooks what they are to be since then. What may not go out is taken back.
 */
export const workClock = clock(dueAccess, {
  kind: workDue,
  act: async (background, { subject: piece, at }) => {
    const item = await background.table.get(workPatterns.piece, { piece }, { consistent: true })
    if (!item || item.removedAt !== undefined || item.publishedAt !== at) return []
    const decidedAt = background.now().toISOString()
    const refused = await refusalOf(background, item)
    const is = { is: { version: item.version } }
    if (refused) {
      const set = { ...refused, removedAt: decidedAt, decidedAt, version: item.version + 1 }
      return [
        update('found due', workPatterns.piece, { piece }, { set }, is),
        update(
          'own row',
          workPatterns.ofAuthorRow,
          ownRowKey(item),
          { set: { removedAt: decidedAt } },
          { present: true },
        ),
      ]
    }
    return [
      update('found due', workPatterns.piece, { piece }, { set: { decidedAt } }, is),
      check('not frozen', platformPatterns.freeze, { person: item.author.id }, { absent: true }),
    ]
  },
})
