import { createStore, type UseStore } from 'idb-keyval'

const opened = new Map<string, UseStore>()

/**
 * Milliseconds after which a database that does not answer is taken for one that never will (a fault of some versions of
 * Safari). Screens wait for much less.
 */
const patience = 10_000

/**
 * A store that rejects where the browser has no IndexedDB, denies it or never answers, and never throws. After it was
 * waited for once, it is not waited for again until it has answered.
 */
export const boundedStore = (open: () => UseStore, timeout: number): UseStore => {
  let store: UseStore | undefined
  let isStuck = false
  return async (mode, work) => {
    if (isStuck) throw new Error('IndexedDB does not answer')
    store ??= open()
    const answer = store(mode, work)
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isStuck = true
        reject(new Error('IndexedDB does not answer'))
      }, timeout)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      clearTimeout(timer)
      void answer.then(
        () => {
          isStuck = false
        },
        () => undefined,
      )
    }
  }
}

const store = (name: string): UseStore => {
  const known = opened.get(name) ?? boundedStore(() => createStore(name, 'content'), patience)
  opened.set(name, known)
  return known
}

/** This device's IndexedDB store, opened when it is first used. What is asked of it is rejected where there is none. */
export const database = (): UseStore => store('preau')

/** The store of boards' files, by their paths; as database(). */
export const boardDatabase = (): UseStore => store('preau-boards')

/** The store of files that are to be sent (device-files/file-store.ts); as database(). */
export const fileDatabase = (): UseStore => store('preau-files')
