import { get, type UseStore, update } from 'idb-keyval'
import type { Failure } from '../failure.ts'
import { safely } from '../storage.ts'

/** A write that its author has made and the API has not done. */
export type Waiting = {
  /** Its Idempotency-Key: sent twice, it is done once. */
  readonly key: string
  /** The name of the declared write (../write.ts). */
  readonly write: string
  /** What it is sent with. */
  readonly input: unknown
  /** What it is, for its author: the title of the notice that is signed. */
  readonly label: string
  /** Where it was made: an address of the app. */
  readonly from: string
  /** When it was made, by the server's time (ISO 8601). */
  readonly at: string
  /** Milliseconds that were added to the device's clock for the server's time when it was made. */
  readonly offset?: number
  /** What it is about; absent: the write's name (subjectOf). */
  readonly subject?: string
  /** What is shown of it while it waits, beside what it is sent with; as its feature declares it. */
  readonly shown?: unknown
  /** It is shown nowhere (Keeping of ../write.ts). */
  readonly isQuiet?: true
  /** Files of this device that its input names: they are sent first (../device-files/files.ts). */
  readonly files?: readonly string[]
  /** It holds a text of its author's: it is removed only where it was made and can be copied before. */
  readonly hasText?: true
  /** When its key was made, where that was after `at`: its author had it sent again. */
  readonly keyedAt?: string
  /** Why the API refused it; absent while it waits. It stays until its author has seen to it. */
  readonly refused?: Failure
}

/** What one is about: those of one subject are sent in the order in which they were made. */
export const subjectOf = ({ subject, write }: Waiting): string => subject ?? write

/** What waits on a device, by the person who made it: of an account that is signed out it stays, and goes out with nobody else. */
export type StoredOutbox = Readonly<Record<string, readonly Waiting[]>>

/** Where writes wait. `update` is atomic between tabs where the store can be. Both reject where the store is full or refused. */
export type OutboxStore = {
  readonly read: () => Promise<StoredOutbox>
  readonly update: (change: (stored: StoredOutbox) => StoredOutbox) => Promise<void>
}

const storedAs = 'preau.outbox'

/** Of a device of one's own, in IndexedDB: kept until it is sent. */
export const outboxInDatabase = (open: () => UseStore): OutboxStore => ({
  read: async () => (await get<StoredOutbox>(storedAs, open())) ?? {},
  // Where nothing waits, an empty list stays: removed by a transaction of its own, what was kept in between went with it.
  update: change => update<StoredOutbox>(storedAs, stored => change(stored ?? {}), open()),
})

/** Of a shared device, in sessionStorage: it outlives a reload, and not the tab. */
export const outboxInStorage = (storage: Storage): OutboxStore => {
  const read = (): StoredOutbox => safely(() => JSON.parse(storage.getItem(storedAs) ?? '{}') as StoredOutbox) ?? {}
  return {
    read: async () => read(),
    update: async change => {
      const next = change(read())
      if (Object.keys(next).length === 0) storage.removeItem(storedAs)
      else storage.setItem(storedAs, JSON.stringify(next))
    },
  }
}
