import type { Result } from '../../../shared/kernel/result.ts'
import { endsSession, type Failure } from '../failure.ts'
import { type Adding, adding } from './adding.ts'
import { type OutboxStore, type StoredOutbox, subjectOf, type Waiting } from './waiting.ts'

/**
 * Whose writes wait, and where: `store` keeps what is made now. `others`: where some of theirs may wait from a session that
 * kept them elsewhere, on the same device.
 */
export type OutboxOwner = {
  readonly person: string
  readonly store: OutboxStore
  readonly others?: readonly OutboxStore[]
}

export type OutboxParts = {
  /**
   * Sends one under its key and in the name of `person`: the API refuses it with `another-person` where somebody else is
   * signed in. Fails with `unexpected` where its code could not be loaded.
   */
  readonly send: (one: Waiting, person: string) => Promise<Result<unknown, Failure>>
  /** Tells the other tabs that what is stored has changed. */
  readonly tell: () => void
  /** Runs `work` in one tab at a time. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly setTimer: (work: () => void, milliseconds: number) => unknown
  readonly clearTimer: (timer: unknown) => void
}

/** Milliseconds after which what could not be sent is sent again. */
const again = 30_000

/** Milliseconds after which a store that has not answered is taken for one that cannot keep it: some browsers' never does. */
export const storeTimeout = 1_000

/** True if it is not known that the API refused the write for what it is: it is sent again. */
export const isUnanswered = (failure: Failure): boolean =>
  failure.type === 'unreachable' ||
  failure.type === 'unavailable' ||
  failure.type === 'unexpected' ||
  failure.type === 'session-stale' ||
  failure.type === 'another-person' ||
  failure.type === 'factor-missing' ||
  endsSession(failure)

const isNewer = (one: Waiting, other: Waiting) => one.at > other.at

/**
 * The writes that wait on this device for the network. They are sent in the order in which they were made, each once
 * whatever tabs, reloads and lost answers there are, and under nobody's name but their author's. None is ever dropped: what
 * the API refuses stays, with the reason, until its author sends it again or removes it.
 */
export const outbox = ({ send, tell, alone, setTimer, clearTimer }: OutboxParts) => {
  let owner: OutboxOwner | undefined
  let list: readonly Waiting[] = []
  /** Keys of those that the device does not keep, or not yet: they last as long as the page. */
  const unkept = new Set<string>()
  /** Keys of those that the device cannot keep, or has not within the time a store takes. */
  const lost = new Set<string>()
  /** Keys of those that were removed or replaced on this page: a store that was read before shows none of them again. */
  const gone = new Set<string>()
  /** Keys of those made on this page whose first attempt is not over. */
  const fresh = new Set<string>()
  /** Key of the one whose answer is waited for. */
  let underWay: string | undefined
  const listeners = new Set<() => void>()
  let timer: unknown
  let isRunning = false
  /** Asked for while it was being done: there may be more now. */
  let isAsked = false

  const show = (next: readonly Waiting[]): void => {
    list = next
    for (const listener of listeners) listener()
  }

  /** Changes what waits of a person in `stores` and, while they are the one signed in, on this page. */
  const change = async (
    { person }: OutboxOwner,
    stores: readonly OutboxStore[],
    to: (waiting: readonly Waiting[]) => readonly Waiting[],
  ): Promise<void> => {
    if (person === owner?.person) show(to(list))
    const update = ({ [person]: own = [], ...others }: StoredOutbox): StoredOutbox => {
      const next = to(own)
      return next.length > 0 ? { ...others, [person]: next } : others
    }
    await Promise.all(stores.map(store => store.update(update)))
    tell()
  }
  const storesOf = ({ store, others = [] }: OutboxOwner): readonly OutboxStore[] => [store, ...others]

  /** What is stored, of this tab and others, and what only this page holds. */
  const reload = async (of: OutboxOwner): Promise<void> => {
    const stored = await Promise.all(storesOf(of).map(store => store.read().catch((): StoredOutbox => ({}))))
    if (of !== owner) return
    const known = new Map(list.filter(({ key }) => unkept.has(key)).map(one => [one.key, one]))
    for (const { [of.person]: own = [] } of stored)
      for (const one of own) if (!gone.has(one.key)) known.set(one.key, one)
    show([...known.values()].sort((a, b) => (isNewer(a, b) ? 1 : isNewer(b, a) ? -1 : 0)))
  }

  /** Moves what a session of the other kind left elsewhere on the device to where it outlives the tab. */
  const gather = async ({ person, store, others = [] }: OutboxOwner): Promise<void> => {
    for (const other of others) {
      const { [person]: left = [] } = await other.read()
      if (left.length === 0) continue
      const known = new Set(left.map(({ key }) => key))
      await store.update(all => ({
        ...all,
        [person]: [...left, ...(all[person] ?? []).filter(({ key }) => !known.has(key))],
      }))
      await other.update(({ [person]: _, ...rest }) => rest)
    }
  }

  const sendAll = async (of: OutboxOwner): Promise<void> => {
    const tried = new Set<string>()
    /** Subjects of which one got no answer: those made later wait for it. */
    const held = new Set<string>()
    const next = async () => {
      // Another tab may have kept one that was made before.
      await reload(of)
      if (of !== owner) return undefined
      return list.find(one => !one.refused && !tried.has(one.key) && !held.has(subjectOf(one)))
    }
    for (let one = await next(); one; one = await next()) {
      const { key } = one
      tried.add(key)
      underWay = key
      const reply = await send(one, of.person)
      underWay = undefined
      const { problem } = reply.ok ? {} : reply
      fresh.delete(key)
      if (problem && isUnanswered(problem)) {
        later()
        held.add(subjectOf(one))
        // It is this one's own fault: others may be done.
        if (problem.type === 'unexpected') continue
        // Without a network, or the session, the order of all is kept.
        break
      }
      unkept.delete(key)
      const to = (all: readonly Waiting[]) =>
        problem
          ? all.map(other => (other.key === key ? { ...other, refused: problem } : other))
          : all.filter(other => other.key !== key)
      // Sent and not noted, it is sent again under its key, which does nothing twice.
      await change(of, storesOf(of), to).catch(() => undefined)
    }
    if (held.size === 0) return
    fresh.clear()
    show([...list])
  }

  const later = (): void => {
    timer ??= setTimer(flush, again)
  }

  /** Sends what waits. */
  const flush = (): void => {
    if (timer !== undefined) clearTimer(timer)
    timer = undefined
    isAsked = true
    if (isRunning) return
    isRunning = true
    void (async () => {
      while (isAsked && owner) {
        const of = owner
        isAsked = false
        await alone(() => sendAll(of)).catch(later)
      }
      isRunning = false
    })()
  }

  return {
    /** Somebody is signed in: what they left waiting is shown and sent. Undefined: nobody is. */
    open: async (next: OutboxOwner | undefined): Promise<void> => {
      if (next === owner) return
      owner = next
      for (const keys of [unkept, lost, gone, fresh]) keys.clear()
      show([])
      if (!next) return
      // Where the store is refused, it is sent from where it is.
      await gather(next).catch(() => undefined)
      await reload(next)
      flush()
    },
    /** Whose writes wait here; undefined while nobody is signed in. */
    owner: (): OutboxOwner | undefined => owner,
    /**
     * Keeps a write of `of`, whose session may have ended meanwhile, until it can be sent. Resolves to false if the device
     * cannot keep it: then it lasts as long as the page. `isFresh`: nobody tried to send it before.
     */
    add: async (of: OutboxOwner, one: Waiting, how: Adding = 'beside', isFresh = false): Promise<boolean> => {
      const { isReplaced, to } = adding(one, how, ({ key }) => key === underWay || !fresh.has(key))
      for (const other of list) if (isReplaced(other)) gone.add(other.key)
      gone.delete(one.key)
      if (of.person === owner?.person) unkept.add(one.key)
      if (isFresh) fresh.add(one.key)
      const lose = (): void => {
        lost.add(one.key)
        show([...list])
      }
      const late = setTimer(lose, storeTimeout)
      const isKept = await change(of, [of.store], to).then(
        () => true,
        () => false,
      )
      clearTimer(late)
      if (!isKept) lose()
      else {
        unkept.delete(one.key)
        // The store answered after all.
        if (lost.delete(one.key)) show([...list])
      }
      later()
      return isKept
    },
    /** Removes one that its author does not want any more. */
    remove: async (key: string): Promise<void> => {
      gone.add(key)
      if (owner) await change(owner, storesOf(owner), all => all.filter(one => one.key !== key)).catch(() => undefined)
    },
    /** Sends one again that was refused: under a new key, `key`, made at `keyedAt`, as nothing was done under the first. */
    sendAgain: async (refusedKey: string, made: Required<Pick<Waiting, 'key' | 'keyedAt'>>): Promise<void> => {
      if (!owner) return
      for (const keys of [unkept, lost]) if (keys.has(refusedKey)) keys.add(made.key)
      const to = (all: readonly Waiting[]) =>
        all.map(({ refused, ...one }) =>
          one.key !== refusedKey ? { ...one, ...(refused && { refused }) } : { ...one, ...made },
        )
      await change(owner, storesOf(owner), to).catch(() => undefined)
      flush()
    },
    /** Another tab has changed what is stored. */
    refresh: async (): Promise<void> => {
      if (owner) await reload(owner)
    },
    /** There may be a network again. */
    flush,
    waiting: (): readonly Waiting[] => list,
    /** False for one that the device cannot keep. */
    isKept: (key: string): boolean => !lost.has(key),
    /** True while one that was just made has its first attempt before it. */
    isFresh: (key: string): boolean => fresh.has(key),
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
