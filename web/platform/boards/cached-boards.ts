import * as z from 'zod/mini'
import { type BoardIndex, type IndexShapes, indexShapes } from '../../../shared/kernel/board.ts'
import { heldIndex } from './index-shapes.ts'

/** An index as it was last read. `confirmedAt`: the server's time at which the bucket confirmed it, in milliseconds. */
export type CachedIndex = { readonly index: BoardIndex; readonly confirmedAt: number }

/** What the files belong to. */
export type BoardState = {
  /** By path. */
  readonly indexes: Readonly<Record<string, CachedIndex>>
  /** The path of the board that was last shown, by `audience/service`. */
  readonly shown: Readonly<Record<string, string>>
}

/** One change of what is cached. */
export type BoardChange = {
  readonly state: BoardState
  /** Contents of files as they were read, by path. */
  readonly put: ReadonlyMap<string, unknown>
  readonly drop: readonly string[]
}

/** A device's database of boards. All of it may fail, as where a private window has no IndexedDB. */
export type BoardDatabase = {
  readonly entries: () => Promise<readonly (readonly [string, unknown])[]>
  readonly change: (put: readonly (readonly [string, unknown])[], drop: readonly string[]) => Promise<void>
  readonly clear: () => Promise<void>
}

/** What is stored beside the files. Another version of the app may have stored it: what is of another form is none. */
const StoredOwner = z.object({
  person: z.string(),
  state: z.object({
    indexes: z.record(z.string(), z.object({ index: z.unknown(), confirmedAt: z.number() })),
    shown: z.record(z.string(), z.string()),
  }),
})
type StoredOwner = z.infer<typeof StoredOwner>
const ownerKey = 'owner'

/** The indexes that this version of the app reads, by their path in the current shape. */
const readableIndexes = (stored: StoredOwner['state']['indexes'], shapes: IndexShapes): BoardState['indexes'] =>
  Object.fromEntries(
    Object.entries(stored).flatMap(([path, { index, confirmedAt }]) => {
      const held = heldIndex(path, index, shapes)
      return held ? [[held.path, { index: held.index, confirmedAt }]] : []
    }),
  )

const nothing: BoardState = { indexes: {}, shown: {} }

/**
 * Indexes and files of boards that this device holds: in memory, and in its database once restore() has said that the
 * device is the person's own.
 * @param shapes of indexes; those of this release unless a test says otherwise.
 */
export const cachedBoards = (database: BoardDatabase, shapes: IndexShapes = indexShapes) => {
  let state = nothing
  let owner: string | undefined
  const files = new Map<string, unknown>()
  const [cleared, restored] = [new Set<() => void>(), new Set<() => void>()]
  return {
    files: files as ReadonlyMap<string, unknown>,
    state: (): BoardState => state,
    /** Notes a change here, and in the database if the device is the person's own. */
    note: (change: BoardChange): void => {
      state = change.state
      for (const [path, content] of change.put) files.set(path, content)
      for (const path of change.drop) files.delete(path)
      if (owner === undefined) return
      const stored: StoredOwner = { person: owner, state }
      void database.change([...change.put, [ownerKey, stored]], change.drop).catch(() => undefined)
    },
    /** Reads what is stored for the person, deletes what is stored for another, and stores changes from now on. */
    restore: async (person: string): Promise<void> => {
      if (owner === person) return
      owner = person
      try {
        const entries = await database.entries()
        // Signed out meanwhile.
        if (owner !== person) return
        const stored = z.safeParse(StoredOwner, entries.find(([key]) => key === ownerKey)?.[1]).data
        if (stored?.person === person) {
          // What this page has read already is newer.
          for (const [path, content] of entries) if (path !== ownerKey && !files.has(path)) files.set(path, content)
          state = {
            indexes: { ...readableIndexes(stored.state.indexes, shapes), ...state.indexes },
            shown: { ...stored.state.shown, ...state.shown },
          }
        } else if (entries.length > 0) await database.clear()
        if (files.size > 0 && stored?.person !== person)
          await database.change([...files, [ownerKey, { person, state } satisfies StoredOwner]], [])
        for (const listener of restored) listener()
      } catch {
        // Nothing is stored where the browser refuses: what this page reads lasts as long as the page.
      }
    },
    /** Forgets everything, here and in the database. */
    clear: async (): Promise<void> => {
      owner = undefined
      state = nothing
      files.clear()
      for (const listener of cleared) listener()
      await database.clear().catch(() => undefined)
    },
    /** Calls `listener` whenever everything is forgotten. */
    onClear: (listener: () => void): void => void cleared.add(listener),
    /** Calls `listener` when what was stored has been read. */
    onRestored: (listener: () => void): void => void restored.add(listener),
  }
}

export type CachedBoards = ReturnType<typeof cachedBoards>
