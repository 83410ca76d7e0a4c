import { localStore, safely } from './storage.ts'

/** How many of the last replies decide. */
const samples = 5

const storageKey = 'preau.clock'
const contactKey = 'preau.contact'

export type ServerClockParts = {
  /** This device's clock: milliseconds since 1970, right or wrong. */
  readonly now: () => number
  /** Keeps the difference for the next visit. */
  readonly storage: Storage
}

/**
 * The server's time, by the Date and Age of its replies: what is published, ended or due is judged by it, so that a
 * device whose clock is wrong shows what the others show.
 *
 * A reply can only be late (it took time to arrive, or a cache stored an earlier Date), so that of the last five the one
 * furthest ahead is the best. Before any reply: the difference stored at the last visit, else the device's own clock.
 */
export const serverClock = ({ now, storage }: ServerClockParts) => {
  const kept = (key: string) => Number.parseInt(safely(() => storage.getItem(key)) ?? '', 10)
  const stored = kept(storageKey)
  const heard = kept(contactKey)
  /** When the server was last heard of, by its own time. */
  let contact = Number.isFinite(heard) ? heard : undefined
  /** Milliseconds to add to the device's clock. */
  let offset = Number.isFinite(stored) ? stored : 0
  let last: readonly number[] = []
  return {
    /** Milliseconds since 1970. */
    now: (): number => now() + offset,
    /** What the server's clock showed when this device's showed `at`; both in milliseconds since 1970. */
    at: (at: number): number => at + offset,
    /** Takes the time from a reply that has just arrived. Without a Date it changes nothing. */
    note: (headers: Pick<Headers, 'get'>): void => {
      const date = Date.parse(headers.get('date') ?? '')
      if (!Number.isFinite(date)) return
      const age = Number.parseInt(headers.get('age') ?? '', 10)
      last = [...last.slice(1 - samples), date + (age > 0 ? age * 1000 : 0) - now()]
      offset = Math.max(...last)
      safely(() => storage.setItem(storageKey, String(offset)))
      contact = now() + offset
      safely(() => storage.setItem(contactKey, String(contact)))
    },
    /** When the server was last heard of, by its time in milliseconds since 1970; undefined if never on this device. */
    contact: (): number | undefined => contact,
  }
}

const clock = serverClock({ now: Date.now, storage: localStore })

/** Notes the time of a reply of the server. */
export const noteServerTime = clock.note

/** The server's time in milliseconds since 1970. */
export const serverNow = clock.now

/** The server's time. */
export const serverDate = (): Date => new Date(serverNow())

/** What the server's clock showed when this device's showed `at`; both in milliseconds since 1970. */
export const serverTimeAt = clock.at

/** When the server was last heard of, by its time in milliseconds since 1970; undefined if never on this device. */
export const lastContact = clock.contact
