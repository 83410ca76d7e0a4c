import { del, type UseStore, update } from 'idb-keyval'
import { resendLifetime } from '../../shared/kernel/idempotency.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { safely } from './storage.ts'

/** A write that was sent and not clearly answered: its key, and when the key was made (milliseconds since 1970). */
type Sent = { readonly key: string; readonly at: number }

/** What a device stores for one person: the keys of unanswered writes, by the SHA-256 of each write. */
export type StoredKeys = { readonly person: string; readonly sent: Readonly<Record<string, Sent>> }

/** Where keys outlive the page. `update` is atomic between tabs where the store can be. */
export type KeyStore = {
  readonly update: (change: (stored: StoredKeys | undefined) => StoredKeys) => Promise<void>
  readonly clear: () => Promise<void>
}

const storedAs = 'preau.keys'

/** Keys in IndexedDB: a device of one's own. */
export const keysInDatabase = (open: () => UseStore): KeyStore => ({
  update: async change => update<StoredKeys>(storedAs, change, open()),
  clear: async () => del(storedAs, open()),
})

/** Keys in sessionStorage: a shared device, where nothing outlives the tab. */
export const keysInStorage = (storage: Storage): KeyStore => ({
  update: async change => {
    const stored = safely(() => JSON.parse(storage.getItem(storedAs) ?? '') as StoredKeys)
    storage.setItem(storedAs, JSON.stringify(change(stored)))
  },
  clear: async () => storage.removeItem(storedAs),
})

/** SHA-256 in hexadecimal. Rejects where the page is no secure context, as the browser has no SubtleCrypto there. */
const digestOf = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Whose keys outlive the page, and where. */
export type KeyOwner = { readonly person: string; readonly store: KeyStore }

export type KeysParts = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds for which a write waits for the store at most. */
  readonly timeout: number
}

/**
 * Idempotency-Keys of writes. What is sent again after no clear answer came is the same write, under its first key, also
 * after a reload; once answered, the same content is a new write. Where the store is absent, full or hangs, keys last as
 * long as the page.
 */
export const idempotencyKeys = ({ now, timeout }: KeysParts) => {
  const pending = new Map<string, Promise<Sent>>()
  let isStuck = false
  const isFresh = ({ at }: Sent) => now() - at < resendLifetime * 1000
  /** Waits for the store, up to `timeout`; later calls do not wait for one that was not in time. */
  const bounded = async (work: () => Promise<void>): Promise<void> => {
    const done = work().catch(() => undefined)
    if (isStuck) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>(resolve => {
      timer = setTimeout(() => {
        isStuck = true
        resolve()
      }, timeout)
    })
    await Promise.race([done, late])
    clearTimeout(timer)
  }
  /** Changes the owner's unanswered writes; those of another person, and those too old to be sent again, are dropped. */
  const change = ({ person, store }: KeyOwner, to: (sent: Readonly<Record<string, Sent>>) => Record<string, Sent>) =>
    store.update(stored => {
      const known = stored?.person === person ? Object.entries(stored.sent) : []
      return { person, sent: to(Object.fromEntries(known.filter(([, sent]) => isFresh(sent)))) }
    })
  /** The stored entry of a write that was sent before, else a new one, which is stored. */
  const firstSent = async (write: string, owner: KeyOwner | undefined): Promise<Sent> => {
    let first: Sent = { key: randomId(), at: now() }
    if (owner)
      await bounded(async () => {
        const digest = await digestOf(write)
        await change(owner, sent => {
          first = sent[digest] ?? first
          return { ...sent, [digest]: first }
        })
      })
    return first
  }
  return {
    /** The key to send `write` (its address and body) under. Without an owner it lasts as long as the page. */
    keyOf: async (write: string, owner: KeyOwner | undefined): Promise<string> => {
      const known = pending.get(write)
      if (known && isFresh(await known)) return (await known).key
      const sent = firstSent(write, owner)
      pending.set(write, sent)
      return (await sent).key
    },
    /** Forgets the key of `write`, which was clearly answered. */
    answered: async (write: string, owner: KeyOwner | undefined): Promise<void> => {
      pending.delete(write)
      if (owner)
        await bounded(async () => {
          const digest = await digestOf(write)
          await change(owner, ({ [digest]: _, ...others }) => others)
        })
    },
    /** Forgets all keys, here and in these stores. */
    clear: async (stores: readonly KeyStore[]): Promise<void> => {
      pending.clear()
      await bounded(async () => {
        await Promise.allSettled(stores.map(store => store.clear()))
      })
    },
  }
}
