import { after, day, epochSeconds } from '../../../shared/kernel/dates.ts'
import type { Collecting } from '../../../shared/work/hand-in.ts'
import { isLegal } from '../../../shared/work/hand-in-states.ts'
import { type Change, subscription } from '../../platform/delivery.ts'
import { nobody } from '../../platform/erasing/eraser.ts'
import { put, remove } from '../../platform/operation.ts'
import type { Background } from '../../platform/platform.ts'
import { writeCurrent } from '../../platform/write-current.ts'
import type { deliveryAccess } from '../access.ts'
import { type PieceItem, workPatterns } from '../patterns.ts'
import { handInPatterns } from './patterns.ts'

type CollectingBackground = Background<typeof deliveryAccess>
type CollectingChange = Change<(typeof handInPatterns)['handIn'] | (typeof workPatterns)['piece']>

/** Seconds for which an assignment stays in the list of whoever set it after it was last touched. */
const listed = 60 * day

/** How far an assignment is handed in; undefined of a piece that is none, or was taken back. */
const collectingOf = async (
  { table }: CollectingBackground,
  piece: PieceItem | undefined,
): Promise<Collecting | undefined> => {
  if (!piece?.assignment || piece.removedAt !== undefined || piece.author.id === nobody) return undefined
  const handIns = await table.all(handInPatterns.handInsOf, { piece: piece.id }, { consistent: true })
  return {
    ...{ piece: piece.id, title: piece.title, group: piece.group.name, dueAt: piece.assignment.dueAt },
    handedIn: handIns.filter(({ versions }) => versions > 0).length,
    toReturn: handIns.filter(({ state }) => isLegal('giveBack', state)).length,
  }
}

/** Counts how far an assignment is handed in, for the list of whoever set it. */
const deliverCollecting = async (
  background: CollectingBackground,
  changes: readonly CollectingChange[],
): Promise<void> => {
  const { table, now } = background
  const pieces = changes.flatMap(({ pattern, before, after: next }): (PieceItem | undefined)[] =>
    pattern === workPatterns.piece ? ([before, next] as PieceItem[]) : [],
  )
  const isConcerned =
    changes.some(({ pattern }) => pattern === handInPatterns.handIn) || pieces.some(one => one?.assignment)
  const [first] = changes
  if (!first || !isConcerned) return
  const { piece: id } = first.args
  const images = [...pieces]
  await writeCurrent({
    read: async () => {
      const piece = await table.get(workPatterns.piece, { piece: id }, { consistent: true })
      images.push(piece)
      return collectingOf(background, piece)
    },
    write: async current => {
      const author = images.findLast(one => one && one.author.id !== nobody)?.author.id
      if (author === undefined) return
      const key = { person: author, piece: id }
      await table.writeMany([
        current
          ? put('collecting', handInPatterns.collecting, key, {
              ...current,
              expiresAt: epochSeconds(after(now(), listed)),
            })
          : remove('collecting', handInPatterns.collecting, key),
      ])
    },
    isSame: (written, next) => JSON.stringify(written) === JSON.stringify(next),
  })
}

/** Keeps how far assignments are handed in, for those who set them. */
export const collectingSubscription = subscription({
  name: 'work collected',
  of: [handInPatterns.handIn, workPatterns.piece],
  on: ['INSERT', 'MODIFY', 'REMOVE'],
  deliver: deliverCollecting,
})
