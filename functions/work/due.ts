import { stateOf } from '../../shared/work/rules.ts'
import { type Due, due } from '../platform/due.ts'
import type { PieceItem } from './patterns.ts'

/** The kind of due items of the work: a piece's publication. */
export const workDue = 'work'

/**
 * The kind of due items of several pieces that were set together, whose ids are the subject: one item in place of twelve, since
 * a transaction takes 100 operations. A kind of its own: a release that does not know it leaves it for the next.
 */
export const workSetDue = 'work-set'

const duesOf = (piece: PieceItem | undefined, now: Date): Due[] =>
  piece && stateOf(piece, now) === 'scheduled' ? [{ kind: workDue, subject: piece.id, at: piece.publishedAt }] : []

/**
 * The due items of a piece as a write makes them: `before` and `after` are the piece, or undefined where there is none. What
 * it was set together with keeps the item of them all: at its time the clock finds what each piece has become.
 */
export const workDues = (before: PieceItem | undefined, after: PieceItem | undefined, now: Date) =>
  due(duesOf(before, now), duesOf(after, now))

/** The due items of pieces that are set together, all for one time. */
export const dueTogether = (pieces: readonly PieceItem[], now: Date) => {
  const dues = pieces.flatMap(piece => duesOf(piece, now))
  const [first, ...others] = dues
  if (!first || others.length === 0) return due([], dues)
  return due([], [{ ...first, kind: workSetDue, subject: dues.map(({ subject }) => subject).join(' ') }])
}

/** The pieces that a due item of either kind is of. */
export const piecesOfDue = ({ subject }: Pick<Due, 'subject'>): readonly string[] => subject.split(' ')
