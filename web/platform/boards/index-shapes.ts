import * as z from 'zod/mini'
import { BoardIndex, type FormerIndex } from '../../../shared/kernel/board.ts'
import type { AskBoards, BoardReply } from './board-reply.ts'

const shapeIn = /\/index\.(\d+)\//

/** The path of the same index in another shape. */
const inShape = (path: string, shape: number): string => path.replace(shapeIn, `/index.${shape}/`)

const upgraded = ({ upgrade }: FormerIndex, content: unknown): unknown => {
  try {
    return upgrade(content)
  } catch {
    // An earlier shape's conversion may meet what it does not expect.
    return undefined
  }
}

/**
 * Asks for an index; where it is not there in the current shape, as in the minutes after a deploy that raises it, for that
 * of an earlier one. The content of what is found is in the current shape.
 */
export const askIndex = async (ask: AskBoards, path: string, former: readonly FormerIndex[]): Promise<BoardReply> => {
  let reply = await ask(path)
  for (const one of former) {
    if (reply.outcome !== 'gone') break
    const earlier = await ask(inShape(path, one.shape))
    reply = earlier.outcome === 'found' ? { ...earlier, content: upgraded(one, earlier.content) } : earlier
  }
  return reply
}

/**
 * An index that this device holds, with the path of the current shape; undefined if this version of the app cannot read it.
 * `current`: the current shape.
 */
export const heldIndex = (
  path: string,
  content: unknown,
  { current, former }: { readonly current: number; readonly former: readonly FormerIndex[] },
): { readonly path: string; readonly index: BoardIndex } | undefined => {
  const shape = Number(shapeIn.exec(path)?.[1])
  const from = former.find(one => one.shape === shape)
  if (shape !== current && !from) return undefined
  const { data } = z.safeParse(BoardIndex, from ? upgraded(from, content) : content)
  return data && { path: inShape(path, current), index: data }
}
