import { createStore, type UseStore } from 'idb-keyval'

const opened = new Map<string, UseStore>()

const store = (name: string): UseStore => {
  const known = opened.get(name) ?? createStore(name, 'content')
  opened.set(name, known)
  return known
}

/** This device's IndexedDB store, opened when it is first used. Throws where the browser has no IndexedDB. */
export const database = (): UseStore => store('preau')

/** The store of boards' files, by their paths; as database(). */
export const boardDatabase = (): UseStore => store('preau-boards')
