import { weekOf } from '../../shared/work/rules.ts'
import { PieceSummary } from '../../shared/work/shapes.ts'
import { uses } from '../platform/access.ts'
import { put, remove, update } from '../platform/operation.ts'
import { pick } from '../platform/pick.ts'
import type { Table } from '../platform/table.ts'
import { type PieceItem, workPatterns } from './patterns.ts'

/** Where a piece stands in the list of whoever set it. */
export const ownRowKey = ({ author, day, id }: Pick<PieceItem, 'author' | 'day' | 'id'>) => ({
  author: author.id,
  week: weekOf(day),
  day,
  piece: id,
})

const counting = uses({ get: [workPatterns.ofAuthorRow] })

/** How many ticked a piece, as it was counted last. */
export const doneOf = async (table: Table<typeof counting>, piece: PieceItem): Promise<number> =>
  (await table.get(workPatterns.ofAuthorRow, ownRowKey(piece)))?.done ?? 0

const fieldsOf = (piece: PieceItem) => ({
  ...pick(PieceSummary, piece),
  ...(piece.removedAt !== undefined && { removedAt: piece.removedAt }),
})

/** Puts a new piece into the list of whoever set it. */
export const ownRow = (piece: PieceItem) =>
  put('own row', workPatterns.ofAuthorRow, ownRowKey(piece), { ...fieldsOf(piece), done: 0 })

/**
 * Changes it there, and moves it if its day did. `done`: as it was counted last; the stream counts again after a move.
 */
export const changedRow = (before: PieceItem, after: PieceItem, done: number) => {
  if (before.day !== after.day)
    return [
      remove('old own row', workPatterns.ofAuthorRow, ownRowKey(before)),
      put('own row', workPatterns.ofAuthorRow, ownRowKey(after), { ...fieldsOf(after), done }),
    ]
  const { removedAt, minutes, editedAt, assignment, ...set } = fieldsOf(after)
  const optional = { removedAt, minutes, editedAt, assignment }
  const absent = (Object.keys(optional) as (keyof typeof optional)[]).filter(name => optional[name] === undefined)
  return [
    update('own row', workPatterns.ofAuthorRow, ownRowKey(after), {
      set: { ...set, ...optional },
      ...(absent.length > 0 && { remove: absent }),
    }),
  ]
}
