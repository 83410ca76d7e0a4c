import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { stateOf } from '../../shared/work/rules.ts'
import { rehung } from '../documents/attachments.ts'
import { put } from '../platform/operation.ts'
import { feature, filesOfPiece } from './attachments.ts'
import { doneOf } from './own-row.ts'
import { type PieceItem, workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'
import { setPiece } from './set-piece.ts'

/**
 * The correction for a class. It is part of the piece, and so on the class's board: pupils who have handed nothing in read it
 * as well. What is on the board follows from the piece's version.
 */

/** A piece with another correction, or none. */
const corrected = (
  { correction: _, ...piece }: PieceItem,
  correction: PieceItem['correction'],
  now: Date,
): PieceItem => ({
  ...piece,
  ...(correction && { correction }),
  decidedAt: now.toISOString(),
  version: piece.version + 1,
})

/** The operations that put a piece in the place of what was read, with the files that it has now. */
const replaced = async ({ table }: WorkPlatform, before: PieceItem, next: PieceItem, now: Date) => [
  ...(await rehung(table, feature, next.id, { had: filesOfPiece(before), has: filesOfPiece(next), now })),
  put('piece', workPatterns.piece, { piece: next.id }, next, { is: { version: before.version } }),
]

/** Gives the class a correction, or changes it: of an assignment that the class sees. */
export const giveCorrection =
  (platform: WorkPlatform) =>
  async ({ body: { text }, now, commit, related: { piece, attached = [] } }: WorkRequest<'giveCorrection'>) => {
    if (!piece.assignment || stateOf(piece, now) !== 'published') return fail(problem('conflict'))
    const correction = {
      ...(text !== undefined && { text }),
      ...(attached.length > 0 && { attachments: [...attached] }),
      at: now.toISOString(),
    }
    const next = corrected(piece, correction, now)
    const [done, operations] = await Promise.all([doneOf(platform.table, piece), replaced(platform, piece, next, now)])
    return commit(operations, setPiece(next, done, now))
  }

/** Withdraws it: nobody of the class sees it any more. */
export const withdrawCorrection =
  (platform: WorkPlatform) =>
  async ({ now, commit, related: { piece } }: WorkRequest<'withdrawCorrection'>) => {
    const done = await doneOf(platform.table, piece)
    if (!piece.correction) return commit([], setPiece(piece, done, now))
    const next = corrected(piece, undefined, now)
    return commit(await replaced(platform, piece, next, now), setPiece(next, done, now))
  }
