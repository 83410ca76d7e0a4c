import { type BoardPiece, workBoard } from '../../shared/work/board.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { fitting } from '../platform/boards/fitting.ts'

/*
 * What of a notebook has room in its board, which everybody fetches anew at each change: first what is to be done next, then
 * what was done last. Pieces are ordered by day, the last one first, as they stand in the board.
 */

/** Pieces in files of their own, the nearest day in the first one. Each has room for one piece at least. */
const inFiles = (nearest: readonly BoardPiece[]): readonly BoardPiece[][] => {
  const files: BoardPiece[][] = []
  for (let left = nearest; left.length > 0; ) {
    const count = Math.max(1, fitting(left, workBoard.holds.bytes - '{"pieces":[]}'.length))
    files.push(left.slice(0, count).reverse())
    left = left.slice(count)
  }
  return files
}

/** The pieces from today on: those in the board, and those in files beside it. */
export const aheadOf = (pieces: readonly BoardPiece[], today: string) => {
  const { daysAhead, aheadBytes } = workBoard.holds
  const until = dayAfter(today, daysAhead)
  const nearest = pieces.filter(({ day }) => day >= today).reverse()
  const soon = nearest.filter(({ day }) => day <= until)
  const count = fitting(soon, aheadBytes)
  return { ahead: nearest.slice(0, count).reverse(), files: inFiles(nearest.slice(count)) }
}

/**
 * The pieces of the days before today that have room in so many bytes. Whole days: the app takes what a board shows of its
 * first day for everything of that day. `isCut`: there are earlier ones.
 */
export const pastOf = (pieces: readonly BoardPiece[], today: string, bytes: number) => {
  const all = pieces.filter(({ day }) => day < today)
  const cut = all[fitting(all, bytes)]?.day
  return { past: cut === undefined ? all : all.filter(({ day }) => day > cut), isCut: cut !== undefined }
}
