import { promisifyRequest, type UseStore } from 'idb-keyval'
import type { Failure } from '../failure.ts'

/** A file that somebody chose on this device and the API does not have yet. */
export type DeviceFile = {
  /** Of the form of a document's: what is written names both alike until it is sent. */
  readonly id: string
  readonly person: string
  /** The form that it was chosen in, by its name: it is there when one returns, whatever became of the page. */
  readonly owner: string
  readonly name: string
  readonly type: string
  /** Bytes. */
  readonly length: number
  /** Idempotency-Key of its announcement: sent twice, it is one document. */
  readonly key: string
  /** When it was chosen, by the server's time (ISO 8601). */
  readonly at: string
  /** On a device that is not its person's alone: it goes with their session, unless something made names it. */
  readonly isShared?: true
  /** Something that was made names it: it stays until that is sent or removed. */
  readonly isTaken?: true
  /** The document that it has become: its bytes are not here any more. */
  readonly document?: string
  /** Why it was refused. */
  readonly refused?: Failure
}

const fileKey = (id: string) => `file ${id}`
const bytesKey = (id: string) => `bytes ${id}`

/**
 * Files in IndexedDB, each with what is known of it. The bytes are an ArrayBuffer: a Blob that is stored can be unreadable
 * later in some versions of Safari. Each call is one transaction, and rejects where the store is full or refused.
 */
export const fileStore = (open: () => UseStore) => {
  const change = (work: (objects: IDBObjectStore) => void): Promise<void> =>
    open()('readwrite', objects => {
      work(objects)
      return promisifyRequest(objects.transaction)
    })
  return {
    add: (file: DeviceFile, bytes: ArrayBuffer): Promise<void> =>
      change(objects => {
        objects.put(bytes, bytesKey(file.id))
        objects.put(file, fileKey(file.id))
      }),
    all: (): Promise<readonly DeviceFile[]> =>
      open()('readonly', objects =>
        promisifyRequest<DeviceFile[]>(objects.getAll(IDBKeyRange.bound(fileKey(''), fileKey('\uffff')))),
      ),
    get: (id: string): Promise<DeviceFile | undefined> =>
      open()('readonly', objects => promisifyRequest<DeviceFile | undefined>(objects.get(fileKey(id)))),
    bytesOf: (id: string): Promise<ArrayBuffer | undefined> =>
      open()('readonly', objects => promisifyRequest<ArrayBuffer | undefined>(objects.get(bytesKey(id)))),
    /** Changes what is known of one that is there. The bytes of one that has become a document are deleted. */
    update: (id: string, changed: Partial<DeviceFile>): Promise<void> =>
      change(objects => {
        const reading: IDBRequest<DeviceFile | undefined> = objects.get(fileKey(id))
        reading.onsuccess = () => {
          if (!reading.result) return
          objects.put({ ...reading.result, ...changed }, fileKey(id))
          if (changed.document !== undefined) objects.delete(bytesKey(id))
        }
      }),
    remove: (ids: readonly string[]): Promise<void> =>
      change(objects => {
        for (const id of ids) for (const key of [fileKey(id), bytesKey(id)]) objects.delete(key)
      }),
  }
}

export type FileStore = ReturnType<typeof fileStore>
