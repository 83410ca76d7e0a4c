import { type attachmentPatterns, corrected, itemOfPlace } from '../documents/attachments.ts'
import type { Change } from '../platform/delivery.ts'
import { update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import type { deliveryAccess } from './access.ts'
import { workPatterns } from './patterns.ts'

/** Whose places these are. */
export const feature = 'work'

type PlacePattern = (typeof attachmentPatterns)['place']

/** The piece of a change: of itself, or of a row by which one of its files hangs there; undefined: of another feature. */
export const pieceOfChange = ({ args }: Change<(typeof workPatterns)['piece'] | PlacePattern>): string | undefined =>
  'piece' in args ? args.piece : itemOfPlace(feature, args)

/** Makes what a piece knows of its files what they are now. The version stays: nobody has edited it. */
export const correctPiece = async ({ table }: Background<typeof deliveryAccess>, piece: string): Promise<void> => {
  const item = await table.get(workPatterns.piece, { piece }, { consistent: true })
  const attachments = item?.attachments && (await corrected(table, item.attachments))
  if (!item || !attachments) return
  // Refused if it was edited meanwhile: that change has it corrected again.
  await table.applyIf(
    update('piece', workPatterns.piece, { piece }, { set: { attachments } }, { is: { version: item.version } }),
  )
}
