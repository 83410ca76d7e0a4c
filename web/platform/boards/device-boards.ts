import { clear, entries } from 'idb-keyval'
import { boardDatabase } from '../database.ts'
import { cachedBoards } from './cached-boards.ts'

/** The boards that this device holds, in its IndexedDB if it is the person's own. */
export const deviceBoards = cachedBoards({
  entries: async () => entries<string, unknown>(boardDatabase()),
  // In one transaction: the index and what it names are stored together.
  change: async (put, drop) =>
    boardDatabase()('readwrite', store => {
      for (const path of drop) store.delete(path)
      for (const [path, content] of put) store.put(content, path)
      return new Promise<void>((resolve, reject) => {
        store.transaction.oncomplete = () => resolve()
        store.transaction.onabort = () => reject(store.transaction.error)
      })
    }),
  clear: async () => clear(boardDatabase()),
})
