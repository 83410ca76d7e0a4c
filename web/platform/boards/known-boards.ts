import type { Board } from '../../../shared/kernel/board.ts'
import { contentOf, fileNameOf } from './board-names.ts'
import { type BoardReader, type Facts, indexPathsOf, type Missed } from './board-status.ts'
import type { BoardState, CachedBoards } from './cached-boards.ts'
import { retainedFiles } from './retained-files.ts'

const nobody: BoardReader = { indexes: [], audiences: [] }

/** What was read of boards: indexes and contents of files, by path. `isQuiet`: subscribers are not told. */
type BoardNews = {
  readonly indexes?: BoardState['indexes']
  readonly put?: ReadonlyMap<string, unknown>
  readonly isQuiet?: boolean
}

/** The last part of a path: the name of an index or of a file. */
const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * What this page knows of the reader's boards: the indexes and files that are cached, what was asked for in vain, and
 * which boards screens have asked for. It asks for nothing itself. Subscribers are called on every change.
 */
export const knownBoards = (cached: CachedBoards) => {
  let reader = nobody
  let version = 0
  let generation = 0
  const boards = new Map<string, Board>()
  const missed = new Map<string, Missed>()
  const parsed = new Map<string, unknown>()
  const listeners = new Set<() => void>()

  const changed = () => {
    version++
    for (const listener of listeners) listener()
  }
  cached.onClear(() => {
    generation++
    reader = nobody
    missed.clear()
    parsed.clear()
    changed()
  })
  cached.onRestored(changed)

  /** The content of a file that is cached and that this version of the app reads. */
  const content = (board: Board, path: string): unknown => {
    if (!cached.files.has(path)) return undefined
    if (!parsed.has(path)) parsed.set(path, contentOf(board, nameIn(path), cached.files.get(path)))
    return parsed.get(path)
  }
  const boardOf = (path: string): Board | undefined => boards.get(fileNameOf(nameIn(path))?.service ?? '')

  /** Notes what was read, and drops what nothing names any more. */
  const note = (read: BoardNews): void => {
    const put = read.put ?? new Map<string, unknown>()
    const indexes = { ...cached.state().indexes, ...read.indexes }
    const next = retainedFiles({
      reader,
      missed,
      state: { ...cached.state(), indexes },
      files: new Map([...cached.files, ...put]),
    })
    cached.note({ state: next.state, put, drop: next.drop })
    for (const path of [...put.keys(), ...next.drop]) parsed.delete(path)
    if (!read.isQuiet) changed()
  }

  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Changes whenever something else may be read from here. */
    version: (): number => version,
    changed,
    /** Changes when everything is forgotten: a reply to a request made before is dropped. */
    generation: (): number => generation,
    reader: (): BoardReader => reader,
    /** Says who reads; true if that is somebody else, or other audiences. What these do not hold is dropped. */
    open: (who: BoardReader): boolean => {
      if (JSON.stringify(who) === JSON.stringify(reader)) return false
      reader = who
      note({})
      return true
    },
    /** The boards that screens have asked for, by service. */
    boards: boards as ReadonlyMap<string, Board>,
    addBoard: (board: Board): void => void boards.set(board.service, board),
    note,
    content,
    /** True if the file is cached and this version of the app can read it. */
    isUsable: (path: string): boolean => {
      const board = boardOf(path)
      return board !== undefined && content(board, path) !== undefined
    },
    /** True if what was fetched for a path is a file of a board that was asked for, as its schema says. */
    isContent: (path: string, fetched: unknown): boolean => {
      const board = boardOf(path)
      return board !== undefined && contentOf(board, nameIn(path), fetched) !== undefined
    },
    missed,
    /** @param who reads: before open(), who is about to. */
    facts: (who = reader): Facts => ({
      reader: who,
      state: cached.state(),
      missed,
      isReadable: (board, path) => content(board, path) !== undefined,
    }),
    /** The server's time, in milliseconds, at which the indexes of these schools were confirmed: of the oldest; 0: never. */
    confirmedAt: (uais: readonly string[], who = reader): number => {
      const paths = uais.flatMap(uai => indexPathsOf(who, uai)).filter(path => missed.get(path) !== 'gone')
      return paths.length > 0 ? Math.min(...paths.map(path => cached.state().indexes[path]?.confirmedAt ?? 0)) : 0
    },
  }
}
