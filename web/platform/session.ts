import * as z from 'zod/mini'
import { Me } from '../../shared/session/contract.ts'
import { safely } from './storage.ts'

/** What this device knows of who is signed in. `personal`: it is theirs alone, so what they read may be kept on it. */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'signed-in'; readonly me: Me; readonly personal: boolean }

const Kept = z.object({ me: Me, personal: z.boolean() })
const keptAs = 'preau.me'

type Storages = { readonly lasting: Storage; readonly passing: Storage }

/** Reads what was kept of the last visit: for good on a personal device, until the tab closes on another. */
const recall = ({ lasting, passing }: Storages): Session => {
  for (const storage of [lasting, passing]) {
    const text = safely(() => storage.getItem(keptAs))
    const kept = text
      ? z.safeParse(
          Kept,
          safely(() => JSON.parse(text)),
        )
      : undefined
    if (kept?.success) return { state: 'signed-in', ...kept.data }
  }
  return { state: 'unknown' }
}

/** Who is signed in on this device, told to whoever subscribes. */
export const sessionStore = (storages: Storages) => {
  let session = recall(storages)
  /** Milliseconds by this device's clock after which the token has ended. */
  let endsAt = session.state === 'signed-in' ? Date.parse(session.me.expiresAt) : 0
  const listeners = new Set<() => void>()
  const become = (next: Session) => {
    session = next
    for (const listener of listeners) listener()
  }
  const forget = () => {
    for (const storage of [storages.lasting, storages.passing]) safely(() => storage.removeItem(keptAs))
  }
  return {
    current: (): Session => session,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /**
     * Somebody is signed in. `repliedAt` is the API's clock and `now` this device's, in milliseconds: a clock that is
     * wrong does not make a session seem over.
     */
    open: (me: Me, personal: boolean, now: number, repliedAt: number | undefined): void => {
      endsAt = now + Date.parse(me.expiresAt) - (repliedAt ?? now)
      forget()
      const storage = personal ? storages.lasting : storages.passing
      safely(() => storage.setItem(keptAs, JSON.stringify({ me, personal })))
      become({ state: 'signed-in', me, personal })
    },
    close: (): void => {
      forget()
      become({ state: 'signed-out' })
    },
    /** True if the token has ended, or does within the time of a request. */
    stale: (now: number): boolean => session.state === 'signed-in' && now > endsAt - 5_000,
  }
}
