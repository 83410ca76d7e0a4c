import * as z from 'zod/mini'
import { Me } from '../../shared/session/contract.ts'
import { safely } from './storage.ts'

/**
 * Who is signed in, as far as this device knows. `personal`: the device is theirs alone, so that it may cache what they
 * read. `isReader`: only the edge has said who it is (boards/reader.ts), so that names are missing; the API was not
 * reached.
 */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'signed-in'; readonly me: Me; readonly personal: boolean; readonly isReader?: true }

const StoredSession = z.object({ me: Me, personal: z.boolean() })
const storageKey = 'preau.me'

type Storages = { readonly localStore: Storage; readonly sessionStore: Storage }

/** Reads the session stored by the last visit: in localStorage on a personal device, in sessionStorage on a shared one. */
const restore = ({ localStore, sessionStore }: Storages): Session => {
  for (const storage of [localStore, sessionStore]) {
    const text = safely(() => storage.getItem(storageKey))
    const stored = text
      ? z.safeParse(
          StoredSession,
          safely(() => JSON.parse(text)),
        )
      : undefined
    if (stored?.success) return { state: 'signed-in', ...stored.data }
  }
  return { state: 'unknown' }
}

/** The state of the session on this page, stored between visits. Subscribers are called on every change. */
export const sessionState = (storages: Storages) => {
  let session = restore(storages)
  const listeners = new Set<() => void>()
  const set = (next: Session) => {
    session = next
    for (const listener of listeners) listener()
  }
  const forget = () => {
    for (const storage of [storages.localStore, storages.sessionStore]) safely(() => storage.removeItem(storageKey))
  }
  return {
    current: (): Session => session,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Stores the session of a person who has signed in. */
    open: (me: Me, personal: boolean): void => {
      forget()
      const storage = personal ? storages.localStore : storages.sessionStore
      safely(() => storage.setItem(storageKey, JSON.stringify({ me, personal })))
      set({ state: 'signed-in', me, personal })
    },
    /** Opens the session of somebody whom only the edge knows. Nothing of it is stored: the API is asked again. */
    openReader: (me: Me): void => set({ state: 'signed-in', me, personal: false, isReader: true }),
    close: (): void => {
      forget()
      set({ state: 'signed-out' })
    },
    /** True if the token has ended at `now`, the server's time in milliseconds, or ends within the 5 s a request may take. */
    stale: (now: number): boolean => session.state === 'signed-in' && now > Date.parse(session.me.expiresAt) - 5_000,
  }
}
