import { createStore, type UseStore } from 'idb-keyval'

let opened: UseStore | undefined

/** This device's IndexedDB store, opened when it is first used. Throws where the browser has no IndexedDB. */
export const database = (): UseStore => {
  opened ??= createStore('preau', 'content')
  return opened
}
