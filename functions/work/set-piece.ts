import { stateOf } from '../../shared/work/rules.ts'
import { Piece, PieceSummary, type SetPiece, type SetSummary } from '../../shared/work/shapes.ts'
import { unlinked } from '../documents/attachments.ts'
import type { ItemOf } from '../platform/pattern.ts'
import { pick } from '../platform/pick.ts'
import { linked } from './attachments.ts'
import type { PieceItem, workPatterns } from './patterns.ts'

/** A piece as whoever set it sees it. `done`: how many ticked it. */
export const setPiece = ({ attachments, correction, ...piece }: PieceItem, done: number, now: Date): SetPiece => ({
  ...pick(Piece, piece),
  ...(attachments && { attachments: attachments.map(unlinked) }),
  ...(correction && { correction: linked(correction, files => files.map(unlinked)) }),
  state: stateOf(piece, now),
  done,
  version: piece.version,
})

/** A row of the list of whoever set it. */
export const setSummary = (row: ItemOf<typeof workPatterns.ofAuthorRow>, now: Date): SetSummary => ({
  ...pick(PieceSummary, row),
  state: stateOf(row, now),
  done: row.done,
})
