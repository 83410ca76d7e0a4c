import * as z from 'zod/mini'
import { type Board, BoardFile } from '../../../shared/kernel/board.ts'

/** What the name of a board's file says. `part` is `board` for the board itself. */
export type FileName = {
  readonly service: string
  readonly part: string
  readonly shape: number
  readonly hash: string
}

/** Reads the name of a file; undefined for anything else. */
export const fileNameOf = (name: string): FileName | undefined => {
  if (!z.safeParse(BoardFile, name).success) return undefined
  const [head = '', shape = '', hash = ''] = name.split('.')
  const [service = '', part = 'board'] = head.split('-')
  return { service, part, shape: Number(shape), hash }
}

/** True if this version of the app can read a file of this shape. */
const reads = (board: Board, shape: number): boolean =>
  shape === board.shape || (board.former?.some(one => one.shape === shape) ?? false)

/** The board's file among those an index names for an audience: the newest shape that this version of the app reads. */
export const readableFile = (board: Board, names: readonly string[]): string | undefined =>
  names
    .flatMap(name => {
      const { service, part, shape = 0 } = fileNameOf(name) ?? {}
      return service === board.service && part === 'board' && reads(board, shape) ? [{ name, shape }] : []
    })
    .sort((a, b) => b.shape - a.shape)[0]?.name

/** True if an index names the service's board in shapes that are all newer than this version of the app. */
export const isTooNew = (board: Board, names: readonly string[]): boolean =>
  readableFile(board, names) === undefined && names.some(name => fileNameOf(name)?.service === board.service)

/**
 * The content of a file in the current shape; undefined if it does not match its schema. `name`: the file's.
 */
export const contentOf = (board: Board, name: string, content: unknown): unknown => {
  const { part, shape } = fileNameOf(name) ?? {}
  if (part === undefined) return undefined
  const schema = part === 'board' ? board.schema : board.parts[part]
  const former = board.former?.find(one => one.shape === shape)
  if (!schema || (shape !== board.shape && !former)) return undefined
  try {
    return z.safeParse(schema, former ? former.upgrade(part, content) : content).data
  } catch {
    // A former shape's conversion may meet what it does not expect.
    return undefined
  }
}

/** The names of files that a board mentions, wherever they stand in it. */
export const filesIn = (content: unknown): readonly string[] => {
  if (typeof content === 'string') return fileNameOf(content) ? [content] : []
  return typeof content === 'object' && content !== null ? Object.values(content).flatMap(filesIn) : []
}
