import { stateOf } from '../../shared/work/rules.ts'
import { type Due, due } from '../platform/due.ts'
import type { PieceItem } from './patterns.ts'

/** The kind of due items of the work: a piece's publication. */
export const workDue = 'work'

const duesOf = (piece: PieceItem | undefined, now: Date): Due[] =>
  piece && stateOf(piece, now) === 'scheduled' ? [{ kind: workDue, subject: piece.id, at: piece.publishedAt }] : []

/** The due items of a piece as a write makes them: `before` and `after` are the piece, or undefined where there is none. */
export const workDues = (before: PieceItem | undefined, after: PieceItem | undefined, now: Date) =>
  due(duesOf(before, now), duesOf(after, now))
