import * as z from 'zod/mini'
import {
  type Board,
  BoardIndex,
  boardPath,
  type FormerIndex,
  indexPath,
  indexShapes,
  pollSeconds,
} from '../../../shared/kernel/board.ts'
import { sideBySide } from '../side-by-side.ts'
import { contentOf, fileNameOf, isTooNew } from './board-names.ts'
import type { AskBoards } from './board-reply.ts'
import {
  type BoardReader,
  type BoardStatus,
  indexPathsOf,
  type Missed,
  namedPath,
  namesOf,
  type ReaderAudience,
  statusOf,
} from './board-status.ts'
import type { CachedBoards } from './cached-boards.ts'
import { askIndex } from './index-shapes.ts'
import { retainedFiles } from './retained-files.ts'

/** A file of an audience, by its name. */
export type FileRef = { readonly audience: string; readonly file: string }

export type BoardStoreParts = {
  readonly ask: AskBoards
  readonly cached: CachedBoards
  /** The server's time, in milliseconds since 1970. */
  readonly now: () => number
  /** Called when a board is published only in shapes newer than this version of the app reads. */
  readonly onTooNew: () => void
  /** Earlier shapes of the index; those of this release unless a test says otherwise. */
  readonly former?: readonly FormerIndex[]
}

/** How many files are asked for side by side: what is waited for, and what is fetched ahead. */
const atOnce = 6
const aheadAtOnce = 2

/** Milliseconds for which an index is current: a poll and the edge's copy, rounded up. */
const current = 30_000

const nobody: BoardReader = { indexes: [], audiences: [] }

/**
 * Indexes and boards of the person who reads. refresh() asks for the indexes, then for the boards that they name and
 * this device does not hold; what it holds stays until something newer is here. Subscribers are called on every change.
 */
export const boardStore = ({ ask, cached, now, onTooNew, former = indexShapes.former }: BoardStoreParts) => {
  let reader = nobody
  let version = 0
  /** Changes when everything is forgotten: a reply to a request made before is dropped. */
  let generation = 0
  const boards = new Map<string, Board>()
  const missed = new Map<string, Missed>()
  const parsed = new Map<string, unknown>()
  const running = new Map<string, Promise<unknown>>()
  const listeners = new Set<() => void>()

  const changed = () => {
    version++
    for (const listener of listeners) listener()
  }
  cached.onClear(() => {
    generation++
    reader = nobody
    for (const held of [missed, parsed, running]) held.clear()
    changed()
  })
  cached.onRestored(changed)

  const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const contentAt = (board: Board, path: string): unknown => {
    if (!cached.files.has(path)) return undefined
    if (!parsed.has(path)) parsed.set(path, contentOf(board, nameIn(path), cached.files.get(path)))
    return parsed.get(path)
  }
  /** True if the file is cached and this version of the app can read it. */
  const isUsable = (path: string): boolean => {
    const board = boards.get(fileNameOf(nameIn(path))?.service ?? '')
    return board !== undefined && contentAt(board, path) !== undefined
  }
  const facts = (who = reader) => ({
    reader: who,
    state: cached.state(),
    missed,
    isReadable: (board: Board, path: string) => contentAt(board, path) !== undefined,
  })

  /** Notes what was read, and drops what nothing names any more. */
  const note = (change: {
    readonly indexes?: BoardIndexes
    readonly put?: ReadonlyMap<string, unknown>
    readonly isQuiet?: boolean
  }) => {
    const put = change.put ?? new Map<string, unknown>()
    const indexes = { ...cached.state().indexes, ...change.indexes }
    const next = retainedFiles({
      reader,
      missed,
      state: { ...cached.state(), indexes },
      files: new Map([...cached.files, ...put]),
    })
    cached.note({ state: next.state, put, drop: next.drop })
    for (const path of [...put.keys(), ...next.drop]) parsed.delete(path)
    if (!change.isQuiet) changed()
  }

  /** Asks once for all who ask at the same time. */
  const once = (path: string, work: () => Promise<void>): Promise<unknown> => {
    const known = running.get(path)
    if (known) return known
    const mine = work().finally(() => {
      if (running.get(path) === mine) running.delete(path)
    })
    running.set(path, mine)
    return mine
  }

  const refreshIndex = (path: string) =>
    once(path, async () => {
      const since = generation
      const reply = await askIndex(ask, path, former)
      if (since !== generation) return
      if (reply.outcome !== 'found') {
        missed.set(path, reply.outcome === 'gone' ? 'gone' : reply.failure)
        return changed()
      }
      const index = z.safeParse(BoardIndex, reply.content)
      if (!index.success) {
        missed.set(path, { type: 'unexpected' })
        return changed()
      }
      missed.delete(path)
      note({ indexes: { [path]: { index: index.data, confirmedAt: now() - reply.age } } })
    })

  /** `isQuiet`: subscribers are not told, since many follow. */
  const askFile = (path: string, isQuiet = false) =>
    once(path, async () => {
      const since = generation
      const reply = await ask(path)
      if (since !== generation) return
      const board = boards.get(fileNameOf(nameIn(path))?.service ?? '')
      if (reply.outcome !== 'found') missed.set(path, reply.outcome === 'gone' ? 'gone' : reply.failure)
      // What does not match its schema is as good as not there.
      else if (!board || contentOf(board, nameIn(path), reply.content) === undefined) missed.set(path, 'gone')
      else {
        missed.delete(path)
        return note({ put: new Map([[path, reply.content]]), isQuiet })
      }
      if (!isQuiet) changed()
    })

  const named = (audience: ReaderAudience): readonly string[] =>
    [...boards.values()].flatMap(board => namedPath(facts(), board, audience) ?? [])

  /**
   * Asks for the boards of these audiences that are not cached. Where one is gone, the index is asked once more: it may
   * have been a copy from before.
   */
  const load = async (audiences: readonly ReaderAudience[], isAgain = false): Promise<void> => {
    const missing = audiences.flatMap(audience =>
      named(audience)
        .filter(path => !isUsable(path))
        .map(path => ({ audience, path, wasGone: missed.get(path) === 'gone' })),
    )
    await sideBySide(atOnce, missing, ({ path }) => askFile(path))
    const gone = missing.filter(({ path, wasGone }) => missed.get(path) === 'gone' && !wasGone)
    if (isAgain || gone.length === 0) return
    const paths = new Set(gone.flatMap(({ audience }) => indexPathsOf(reader, audience.uai)))
    await Promise.all([...paths].map(refreshIndex))
    await load(
      gone.map(({ audience }) => audience),
      true,
    )
  }

  const checkShapes = () => {
    const isNewer = reader.audiences.some(audience =>
      [...boards.values()].some(board => isTooNew(board, namesOf(facts(), audience) ?? [])),
    )
    if (isNewer) onTooNew()
  }

  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Changes whenever something else may be read from the store. */
    version: (): number => version,
    /** Says who reads; true if that is somebody else, or other audiences. What these do not hold is dropped. */
    open: (who: BoardReader): boolean => {
      if (JSON.stringify(who) === JSON.stringify(reader)) return false
      reader = who
      note({})
      return true
    },
    /**
     * From now on this board's files are asked for: at once where an index that names them was just confirmed, so that the
     * first screen of a service does not wait for the next poll.
     */
    want: (board: Board): void => {
      if (boards.get(board.service) === board) return
      boards.set(board.service, board)
      const { indexes } = cached.state()
      const isCurrent = (path: string) => now() - (indexes[path]?.confirmedAt ?? 0) < current
      void load(reader.audiences.filter(({ uai }) => indexPathsOf(reader, uai).every(isCurrent)))
    },
    /** Asks for the indexes and for what they name. Resolves to the seconds to the next time. */
    refresh: async (): Promise<number> => {
      const asked = reader.indexes.map(one => ({ ...one, path: indexPath(one.uai, one.role) }))
      await Promise.all(
        asked.map(async ({ path, uai }) => {
          await refreshIndex(path)
          await load(reader.audiences.filter(audience => audience.uai === uai))
        }),
      )
      checkShapes()
      const polls = asked.flatMap(({ path }) => cached.state().indexes[path]?.index.poll ?? [])
      return polls.length > 0 ? Math.min(...polls) : pollSeconds
    },
    /** What is known of an audience's board. `who`: who is about to read, before they are opened. */
    status: (board: Board, audience: ReaderAudience, who = reader): BoardStatus =>
      statusOf(facts(who), board, audience),
    /** The content of a file that is cached and that this version reads. */
    content: contentAt,
    /** Why a file is not here, if it was asked for. */
    missed: ({ audience, file }: FileRef): Missed | undefined => missed.get(boardPath(audience, file)),
    /** Asks for files that are not cached. */
    request: async (refs: readonly FileRef[]): Promise<void> => {
      const paths = refs.map(({ audience, file }) => boardPath(audience, file)).filter(path => !isUsable(path))
      await sideBySide(atOnce, paths, path => askFile(path))
      if (paths.length > 0) changed()
    },
    /** Asks for files one will want without a network, a few at a time, as long as `may` says so. */
    fetchAhead: async (refs: readonly FileRef[], may: () => boolean): Promise<void> => {
      const paths = refs
        .map(({ audience, file }) => boardPath(audience, file))
        .filter(path => !isUsable(path) && missed.get(path) !== 'gone')
      await sideBySide(aheadAtOnce, paths, async path => {
        if (may()) await askFile(path, true)
      })
      if (paths.length > 0) changed()
    },
    /** The server's time, in milliseconds, at which the indexes of these schools were confirmed: of the oldest; 0: never. */
    confirmedAt: (uais: readonly string[], who = reader): number => {
      const paths = uais.flatMap(uai => indexPathsOf(who, uai)).filter(path => missed.get(path) !== 'gone')
      return paths.length > 0 ? Math.min(...paths.map(path => cached.state().indexes[path]?.confirmedAt ?? 0)) : 0
    },
    /** What the indexes that are cached say: schools and audiences with their names. */
    indexes: (): readonly BoardIndex[] => Object.values(cached.state().indexes).map(({ index }) => index),
  }
}

type BoardIndexes = ReturnType<CachedBoards['state']>['indexes']
