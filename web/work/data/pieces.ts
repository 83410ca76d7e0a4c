import { useMemo } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { type BoardPiece, workBoard } from '../../../shared/work/board.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { useBoardFiles, useBoards } from '../../platform/boards/boards.ts'
import { type Readable, read } from '../../platform/read.ts'
import { useReads } from '../../platform/reads.ts'

/** A piece as it is read here: of which audience its files are, and for the sake of which of a guardian's children. */
export type ReaderPiece = BoardPiece & { readonly audience: string; readonly children: readonly string[] }

/** Milliseconds between two requests for the notebook of a class whose board is missing. */
const fallbackInterval = 60_000

/** The audiences of classes and groups: of a teacher one for each, as the class's guardians read the same. */
const audiencesOf = (me: Me) => {
  const taught = new Set(me.audiences.filter(({ kind }) => kind === 'class').map(({ group }) => group))
  return me.audiences.filter(
    ({ kind, group, children }) =>
      kind === 'class' || (kind === 'class-guardians' && (!taught.has(group) || (children ?? []).length > 0)),
  )
}

/** Each piece once: who reads it through two audiences reads it for all children. */
export const distinct = (pieces: readonly ReaderPiece[]): ReaderPiece[] => {
  const found = new Map<string, ReaderPiece>()
  for (const piece of pieces) {
    const known = found.get(piece.id)
    found.set(piece.id, known ? { ...known, children: [...new Set([...known.children, ...piece.children])] } : piece)
  }
  return [...found.values()]
}

/** By day, then by subject. */
export const compare = (a: ReaderPiece, b: ReaderPiece): number =>
  a.day === b.day ? a.subject.localeCompare(b.subject, 'fr') || (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1

/** Where the pieces of an audience begin that are not on its board, and the state of that board. */
export type EarlierBegin = { readonly cursor: string; readonly list: string | undefined }

/**
 * `begins`: of the audiences whose boards do not tell everything. `incomplete`: those for whom a notebook, or a part of one,
 * is not there: of what is not among the pieces nothing can be said.
 */
export type Pieces = Readable<readonly ReaderPiece[]> & {
  readonly begins: ReadonlyMap<string, EarlierBegin>
  readonly incomplete: ReadonlySet<string>
}

/** The notebooks of the reader's classes, from their boards. */
export const usePieces = (me: Me): Pieces => {
  const boards = useBoards(workBoard, me)
  const audiences = useMemo(() => audiencesOf(me), [me])
  const of = (audience: string) => boards.audiences.find(one => one.audience === audience)
  const missing = audiences.filter(({ id }) => of(id)?.state === 'missing')
  const lists = useReads(
    missing.map(({ id }) =>
      read(workContract.routes.list, { params: { audience: id }, query: {} }, { every: fallbackInterval }),
    ),
  )
  const shown = audiences.flatMap(audience => {
    const board = of(audience.id)
    return board?.state === 'shown'
      ? [{ audience, content: board.content, list: board.file.slice(board.file.lastIndexOf('.') + 1) }]
      : []
  })
  const laterRefs = shown.flatMap(({ audience, content: { later, further = [] } }) =>
    (later === undefined ? [] : [later, ...further]).map(file => ({ audience: audience.id, file })),
  )
  const later = useBoardFiles(workBoard, 'later', laterRefs)
  const found = lists.map(({ data }) => data)
  // biome-ignore lint/correctness/useExhaustiveDependencies: made of the boards' states and the lists' data.
  return useMemo(() => {
    const further = (audience: string): readonly BoardPiece[] =>
      later.flatMap((file, at) =>
        laterRefs[at]?.audience === audience && file.state === 'cached' ? file.content.pieces : [],
      )
    const asked = (audience: string) => lists[missing.findIndex(({ id }) => id === audience)]?.data
    const begins = new Map<string, EarlierBegin>()
    const pieces = audiences.flatMap(({ id, children = [] }) => {
      const board = shown.find(({ audience }) => audience.id === id)
      const list = asked(id)
      const next = board?.content.next ?? list?.next
      if (next !== undefined) begins.set(id, { cursor: next, list: board?.list })
      const own = board
        ? [...board.content.pieces, ...further(id)]
        : (list?.items.map(item => ({ ...item, version: 1 })) ?? [])
      return own.map((piece): ReaderPiece => ({ ...piece, audience: id, children }))
    })
    const isWhole = (id: string): boolean => {
      const state = of(id)?.state
      const isLaterThere = later.every((file, at) => laterRefs[at]?.audience !== id || file.state === 'cached')
      return (state === 'shown' && isLaterThere) || state === 'none' || asked(id) !== undefined
    }
    const parts = audiences.filter(({ id }) => !isWhole(id))
    const hasSome = pieces.length > 0 || parts.length === 0 || audiences.length === 0
    return {
      data: hasSome ? distinct(pieces).sort(compare) : undefined,
      error: boards.error,
      dataUpdatedAt: boards.confirmedAt,
      confirmedAt: boards.confirmedAt,
      refetch: boards.refetch,
      begins,
      incomplete: new Set(parts.flatMap(({ children = [] }) => (children.length > 0 ? children : [me.person.id]))),
    }
  }, [me, boards, audiences, later, ...found])
}

/** The text of a piece: on the board, or in a file that is asked for. Undefined while it is not there. */
export const useText = (
  piece: ReaderPiece | undefined,
): { readonly text: string | undefined; readonly isGone: boolean } => {
  const [file] = useBoardFiles(
    workBoard,
    'text',
    piece?.file === undefined ? [] : [{ audience: piece.audience, file: piece.file }],
  )
  const text = piece?.text ?? (file?.state === 'cached' ? file.content.text : undefined)
  return { text, isGone: file?.state === 'missing' || file?.state === 'failed' }
}

/** The files of texts that one will want to read without a network: those of the days to come. */
export const textFiles = (pieces: readonly ReaderPiece[], from: string) =>
  pieces.flatMap(({ audience, file, day }) => (file !== undefined && day >= from ? [{ audience, file }] : []))
