import type { Attachment } from '../../shared/kernel/attachment.ts'
import { type attachmentPatterns, corrected, type HungAttachment, itemOfPlace } from '../documents/attachments.ts'
import type { Change } from '../platform/delivery.ts'
import { update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import type { deliveryAccess } from './access.ts'
import { type PieceItem, workPatterns } from './patterns.ts'

/** Whose places these are. */
export const feature = 'work'

type PlacePattern = (typeof attachmentPatterns)['place']

/** The piece of a change: of itself, or of a row by which one of its files hangs there; undefined: of another feature. */
export const pieceOfChange = ({ args }: Change<(typeof workPatterns)['piece'] | PlacePattern>): string | undefined =>
  'piece' in args ? args.piece : itemOfPlace(feature, args)

/** The files that hang on a piece: its own and those of its correction, each once. */
export const filesOfPiece = ({
  attachments = [],
  correction,
}: Pick<PieceItem, 'attachments' | 'correction'>): HungAttachment[] => [
  ...new Map([...attachments, ...(correction?.attachments ?? [])].map(one => [one.file, one])).values(),
]

/** A correction with its files as `link` shows them to somebody. */
export const linked = <Of extends { readonly attachments?: readonly HungAttachment[] | undefined }>(
  { attachments, ...correction }: Of,
  link: (files: readonly HungAttachment[]) => Attachment[],
) => ({ ...correction, ...(attachments && { attachments: link(attachments) }) })

/** Makes what a piece knows of its files what they are now. The version stays: nobody has edited it. */
export const correctPiece = async ({ table }: Background<typeof deliveryAccess>, piece: string): Promise<void> => {
  const item = await table.get(workPatterns.piece, { piece }, { consistent: true })
  const [attachments, ofCorrection] = await Promise.all(
    [item?.attachments, item?.correction?.attachments].map(files => files && corrected(table, files)),
  )
  const correction = item?.correction && ofCorrection && { ...item.correction, attachments: ofCorrection }
  if (!item || (!attachments && !correction)) return
  // Refused if it was edited meanwhile: that change has it corrected again.
  await table.applyIf(
    update(
      'piece',
      workPatterns.piece,
      { piece },
      { set: { attachments, correction } },
      { is: { version: item.version } },
    ),
  )
}
