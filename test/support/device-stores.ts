import type { Page } from 'playwright-core'

/** What a browser holds for the app: localStorage, and the entries of its IndexedDB databases by name. */
export type DeviceStores = {
  readonly local: Readonly<Record<string, string>>
  readonly databases: Readonly<Record<string, readonly (readonly [key: string, value: unknown])[]>>
}

/** The name of the object store in each database (web/platform/database.ts). */
const store = 'content'

export const readDevice = (page: Page): Promise<DeviceStores> =>
  page.evaluate(async name => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const databases: Record<string, [string, unknown][]> = {}
    for (const { name: database = '' } of await indexedDB.databases()) {
      const opened = await done(indexedDB.open(database))
      const objects = opened.transaction(name).objectStore(name)
      const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())])
      databases[database] = keys.map((key, index) => [String(key), values[index]])
      opened.close()
    }
    return { local: { ...localStorage }, databases }
  }, store)

/** Gives a browser, on a page of the app's origin, these stores, as an earlier visit left them. */
export const writeDevice = (page: Page, stores: DeviceStores): Promise<void> =>
  page.evaluate(
    async ({ local, databases, name }) => {
      for (const [key, value] of Object.entries(local)) localStorage.setItem(key, value)
      for (const [database, entries] of Object.entries(databases))
        await new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(database)
          opening.onupgradeneeded = () => opening.result.createObjectStore(name)
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const writing = opening.result.transaction(name, 'readwrite')
            for (const [key, value] of entries) writing.objectStore(name).put(value, key)
            writing.oncomplete = () => {
              opening.result.close()
              resolve()
            }
            writing.onabort = () => reject(writing.error)
          }
        })
    },
    { ...stores, name: store },
  )
