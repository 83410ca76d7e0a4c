import { QueryClient } from '@tanstack/react-query'
import { del, get, set, update } from 'idb-keyval'
import { atMost } from './at-most.ts'
import { deviceBoards } from './boards/device-boards.ts'
import { database } from './database.ts'
import { forgetFormerReads, noteFormerReads } from './former-reads.ts'
import { readsIn, type StoredRead } from './stored-reads.ts'
import { clearKeys } from './write.ts'

/**
 * The cache of reads: in memory, and in IndexedDB on a personal device, so that the last known content, with its age, is
 * shown at once and without a network. It belongs to one person and is deleted when they sign out.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 4_000,
      gcTime: 24 * 3_600_000,
      // call() retries by itself.
      retry: false,
      refetchOnReconnect: 'always',
      // By the device's clock, what was read before it was set back seems to come from the future, and fresh until then.
      refetchOnMount: ({ state }) => (state.dataUpdatedAt > Date.now() ? 'always' : true),
    },
  },
})

/** Milliseconds from a change of the cache to its saving. */
const saveDelay = 1_000

/** What a device stores of a person's reads, by the version of the app whose reply schemas `shapes` is the hash of. */
export type StoredContent = {
  readonly person: string
  readonly shapes: string
  readonly reads: readonly StoredRead[]
}

/** Hash of the reply schemas of this version (vite.config.ts). */
const shapes: string = import.meta.env.VITE_CONTRACTS

const storageKey = 'content'
let saving: ReturnType<typeof setTimeout> | undefined
let unsubscribe: (() => void) | undefined
let owner: string | undefined

const save = async () => {
  clearTimeout(saving)
  saving = undefined
  if (!owner) return
  const reads = readsIn(queryClient.getQueryCache())
  await set(storageKey, { person: owner, shapes, reads } satisfies StoredContent, database()).catch(() => undefined)
}

/** Saves at once what waits to be saved: the page is left. */
const saveNow = () => {
  if (saving !== undefined && document.visibilityState === 'hidden') void save()
}

/**
 * Takes over what earlier versions of the app kept for sending, among the stored reads (`content`) or elsewhere on the
 * device. Resolves to true if it changed what is stored of reads. Rejects where it could not.
 */
export type TakeOver = (content: StoredContent | undefined) => Promise<boolean>

/** Changes what is stored of reads, before it is restored. */
export const changeStoredReads = async (to: (reads: readonly StoredRead[]) => readonly StoredRead[]): Promise<void> =>
  update<StoredContent | undefined>(storageKey, stored => stored && { ...stored, reads: to(stored.reads) }, database())

/** Milliseconds for which a screen waits for what is stored, or deleted: some browsers' IndexedDB never answers. */
const databaseTimeout = 1_000

/**
 * Restores the reads and boards that were stored for `person`, and stores theirs from now on, after `takeOver`. Does nothing
 * where IndexedDB fails.
 */
export const persistContent = async (person: string, takeOver: TakeOver): Promise<void> => {
  await atMost(databaseTimeout, Promise.all([restoreReads(person, takeOver), deviceBoards.restore(person)]))
}

const readStored = () => get<StoredContent>(storageKey, database()).catch(() => undefined)

const restoreReads = async (person: string, takeOver: TakeOver): Promise<void> => {
  if (owner === person) return
  const left = await readStored()
  const changed = await takeOver(left).catch(() => undefined)
  const stored = changed ? await readStored() : left
  // However old it is: it is shown with its age, and the device's clock may be wrong.
  const isOwn = stored?.person === person
  // Another version of the app stored them: each is looked at when it is asked for.
  if (isOwn && stored.shapes !== shapes) noteFormerReads(stored.reads)
  else if (isOwn) {
    // What this page has read already is newer.
    for (const { key, data, at } of stored.reads)
      if (queryClient.getQueryData(key) === undefined) queryClient.setQueryData(key, data, { updatedAt: at })
    // Stale whatever its age: it may have been stored before the person's last write.
    await queryClient.invalidateQueries({ refetchType: 'none' })
  }
  // What was not taken over is not overwritten: the next visit tries again.
  if (changed === undefined) return
  owner = person
  unsubscribe?.()
  const stop = queryClient.getQueryCache().subscribe(event => {
    if (event.type === 'updated' && event.action.type === 'success') saving ??= setTimeout(() => void save(), saveDelay)
  })
  document.addEventListener('visibilitychange', saveNow)
  unsubscribe = () => {
    stop()
    document.removeEventListener('visibilitychange', saveNow)
  }
}

/**
 * Deletes what belongs to the person, on this page and on the device: cached reads, boards, keys of unanswered writes.
 * Resolves within a second: a database that answers later deletes later, and one that never does shows nothing either.
 */
export const forgetContent = async (): Promise<void> => {
  owner = undefined
  unsubscribe?.()
  unsubscribe = undefined
  clearTimeout(saving)
  saving = undefined
  queryClient.clear()
  forgetFormerReads()
  await atMost(databaseTimeout, Promise.all([clearKeys(), deviceBoards.clear(), del(storageKey, database())]))
}
