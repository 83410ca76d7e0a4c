import type { Page } from 'playwright-core'

/** Everything in this browser’s IndexedDB, localStorage and sessionStorage, as JSON. */
export const storedContent = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const rows = await Promise.all(
      databases.map(
        ({ name }) =>
          new Promise<unknown[]>((resolve, reject) => {
            const opening = indexedDB.open(name ?? '')
            opening.onerror = () => reject(opening.error)
            opening.onsuccess = () => {
              const database = opening.result
              const stores = [...database.objectStoreNames]
              if (stores.length === 0) return resolve([])
              const all = database
                .transaction(stores)
                .objectStore(stores[0] ?? '')
                .getAll()
              all.onsuccess = () => {
                database.close()
                resolve(all.result)
              }
            }
          }),
      ),
    )
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, rows])
  })
