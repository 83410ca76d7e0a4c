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
import { isTooNew } from './board-names.ts'
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
import { knownBoards } from './known-boards.ts'

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

/**
 * Indexes and boards of the person who reads. refresh() asks for the indexes, then for the boards that they name and
 * this device does not hold; what it holds stays until something newer is here. Subscribers are called on every change.
 */
export const boardStore = ({ ask, cached, now, onTooNew, former = indexShapes.former }: BoardStoreParts) => {
  const running = new Map<string, Promise<unknown>>()
  // Before subscribers are told, who may ask at once.
  cached.onClear(() => running.clear())
  const known = knownBoards(cached)
  const { missed } = known

  /** Asks once for all who ask at the same time. */
  const once = (path: string, work: () => Promise<void>): Promise<unknown> => {
    const before = running.get(path)
    if (before) return before
    const mine = work().finally(() => {
      if (running.get(path) === mine) running.delete(path)
    })
    running.set(path, mine)
    return mine
  }

  const refreshIndex = (path: string) =>
    once(path, async () => {
      const since = known.generation()
      const reply = await askIndex(ask, path, former)
      if (since !== known.generation()) return
      if (reply.outcome !== 'found') {
        missed.set(path, reply.outcome === 'gone' ? 'gone' : reply.failure)
        return known.changed()
      }
      const index = z.safeParse(BoardIndex, reply.content)
      if (!index.success) {
        missed.set(path, { type: 'unexpected' })
        return known.changed()
      }
      missed.delete(path)
      known.note({ indexes: { [path]: { index: index.data, confirmedAt: now() - reply.age } } })
    })

  /** `isQuiet`: subscribers are not told, since many follow. */
  const askFile = (path: string, isQuiet = false) =>
    once(path, async () => {
      const since = known.generation()
      const reply = await ask(path)
      if (since !== known.generation()) return
      if (reply.outcome !== 'found') missed.set(path, reply.outcome === 'gone' ? 'gone' : reply.failure)
      // What does not match its schema is as good as not there.
      else if (!known.isContent(path, reply.content)) missed.set(path, 'gone')
      else {
        missed.delete(path)
        return known.note({ put: new Map([[path, reply.content]]), isQuiet })
      }
      if (!isQuiet) known.changed()
    })

  const named = (audience: ReaderAudience): readonly string[] =>
    [...known.boards.values()].flatMap(board => namedPath(known.facts(), board, audience) ?? [])

  /**
   * Asks for the boards of these audiences that are not cached. Where one is gone, the index is asked once more: it may
   * have been a copy from before.
   */
  const load = async (audiences: readonly ReaderAudience[], isAgain = false): Promise<void> => {
    const missing = audiences.flatMap(audience =>
      named(audience)
        .filter(path => !known.isUsable(path))
        .map(path => ({ audience, path, wasGone: missed.get(path) === 'gone' })),
    )
    await sideBySide(atOnce, missing, ({ path }) => askFile(path))
    const gone = missing.filter(({ path, wasGone }) => missed.get(path) === 'gone' && !wasGone)
    if (isAgain || gone.length === 0) return
    const paths = new Set(gone.flatMap(({ audience }) => indexPathsOf(known.reader(), audience.uai)))
    await Promise.all([...paths].map(refreshIndex))
    await load(
      gone.map(({ audience }) => audience),
      true,
    )
  }

  const checkShapes = () => {
    const isNewer = known
      .reader()
      .audiences.some(audience =>
        [...known.boards.values()].some(board => isTooNew(board, namesOf(known.facts(), audience) ?? [])),
      )
    if (isNewer) onTooNew()
  }

  return {
    subscribe: known.subscribe,
    version: known.version,
    open: known.open,
    /**
     * From now on this board's files are asked for: at once where an index that names them was just confirmed, so that the
     * first screen of a service does not wait for the next poll.
     */
    want: (board: Board): void => {
      if (known.boards.get(board.service) === board) return
      known.addBoard(board)
      const { indexes } = cached.state()
      const isCurrent = (path: string) => now() - (indexes[path]?.confirmedAt ?? 0) < current
      const reader = known.reader()
      void load(reader.audiences.filter(({ uai }) => indexPathsOf(reader, uai).every(isCurrent)))
    },
    /** Asks for the indexes and for what they name. Resolves to the seconds to the next time. */
    refresh: async (): Promise<number> => {
      const asked = known.reader().indexes.map(one => ({ ...one, path: indexPath(one.uai, one.role) }))
      await Promise.all(
        asked.map(async ({ path, uai }) => {
          await refreshIndex(path)
          await load(known.reader().audiences.filter(audience => audience.uai === uai))
        }),
      )
      checkShapes()
      const polls = asked.flatMap(({ path }) => cached.state().indexes[path]?.index.poll ?? [])
      return polls.length > 0 ? Math.min(...polls) : pollSeconds
    },
    /** What is known of an audience's board. `who`: who is about to read, before they are opened. */
    status: (board: Board, audience: ReaderAudience, who?: BoardReader): BoardStatus =>
      statusOf(known.facts(who), board, audience),
    content: known.content,
    /** Why a file is not here, if it was asked for. */
    missed: ({ audience, file }: FileRef): Missed | undefined => missed.get(boardPath(audience, file)),
    /** Asks for files that are not cached. */
    request: async (refs: readonly FileRef[]): Promise<void> => {
      const paths = refs.map(({ audience, file }) => boardPath(audience, file)).filter(path => !known.isUsable(path))
      await sideBySide(atOnce, paths, path => askFile(path))
      if (paths.length > 0) known.changed()
    },
    /** Asks for files one will want without a network, a few at a time, as long as `may` says so. */
    fetchAhead: async (refs: readonly FileRef[], may: () => boolean): Promise<void> => {
      const paths = refs
        .map(({ audience, file }) => boardPath(audience, file))
        .filter(path => !known.isUsable(path) && missed.get(path) !== 'gone')
      await sideBySide(aheadAtOnce, paths, async path => {
        if (may()) await askFile(path, true)
      })
      if (paths.length > 0) known.changed()
    },
    confirmedAt: known.confirmedAt,
    /** What the indexes that are cached say: schools and audiences with their names. */
    indexes: (): readonly BoardIndex[] => Object.values(cached.state().indexes).map(({ index }) => index),
  }
}
