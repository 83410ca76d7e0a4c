import { BoardIndex, boardPath, type IndexRole, indexPath } from '../../shared/kernel/board.ts'
import { type NewsBoard, newsBoard } from '../../shared/news/board.ts'
import type { Visitor } from './http.ts'

/** What a reader sees of an audience's news, by the index of a school and role. */
export type ReadBoard = {
  readonly board: NewsBoard
  readonly titles: readonly string[]
  readonly ids: readonly string[]
  /** The path of its file. */
  readonly path: string
  /** Seconds since the bucket confirmed the index. */
  readonly age: number
}

type Of = { readonly uai: string; readonly role: IndexRole; readonly audience: string }

/** Reads an index, then the board that it names for an audience, as the app does; undefined while there is none. */
export const readBoard = async (
  reader: Pick<Visitor, 'get'>,
  { uai, role, audience }: Of,
): Promise<ReadBoard | undefined> => {
  const index = await reader.get(indexPath(uai, role))
  if (index.status !== 200) return undefined
  const file = BoardIndex.parse(index.body)
    .audiences.find(({ id }) => id === audience)
    ?.boards.find(name => name.startsWith('news.'))
  if (!file) return undefined
  const path = boardPath(audience, file)
  const { status, body } = await reader.get(path)
  if (status !== 200) return undefined
  const board = newsBoard.schema.parse(body)
  return {
    board,
    titles: board.rows.map(({ title }) => title),
    ids: board.rows.map(({ id }) => id),
    path,
    age: Number(index.headers.get('age') ?? 0),
  }
}
