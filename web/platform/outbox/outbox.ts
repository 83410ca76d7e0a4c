import type { Result } from '../../../shared/kernel/result.ts'
import { endsSession, type Failure } from '../failure.ts'
import type { OutboxStore, StoredOutbox, Waiting } from './waiting.ts'

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
   * signed in. Fails with `unreachable` where its code could not be loaded.
   */
  readonly send: (one: Waiting, person: string) => Promise<Result<unknown, Failure>>
  /** Runs `work` in one tab at a time. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly setTimer: (work: () => void, milliseconds: number) => unknown
  readonly clearTimer: (timer: unknown) => void
}

/** Milliseconds after which what could not be sent is sent again. */
const again = 30_000

/** True if it is not known that the API refused the write for what it is: it is sent again. */
export const isUnanswered = (failure: Failure): boolean =>
  failure.type === 'unreachable' ||
  failure.type === 'unavailable' ||
  failure.type === 'unexpected' ||
  failure.type === 'session-stale' ||
  failure.type === 'another-person' ||
  endsSession(failure)

const isNewer = (one: Waiting, other: Waiting) => one.at > other.at

/**
 * The writes that wait on this device for the network. They are sent in the order in which they were made, each once
 * whatever tabs, reloads and lost answers there are, and under nobody's name but their author's. None is ever dropped: what
 * the API refuses stays, with the reason, until its author sends it again or removes it.
 */
export const outbox = ({ send, alone, setTimer, clearTimer }: OutboxParts) => {
  let owner: OutboxOwner | undefined
  let list: readonly Waiting[] = []
  /** Keys of those that the device could not keep: they last as long as the page. */
  const unkept = new Set<string>()
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
  }
  const storesOf = ({ store, others = [] }: OutboxOwner): readonly OutboxStore[] => [store, ...others]

  /** What is stored, of this tab and others, and what only this page holds. */
  const reload = async (of: OutboxOwner): Promise<void> => {
    const stored = await Promise.all(storesOf(of).map(store => store.read().catch((): StoredOutbox => ({}))))
    if (of !== owner) return
    const known = new Map(list.filter(({ key }) => unkept.has(key)).map(one => [one.key, one]))
    for (const { [of.person]: own = [] } of stored) for (const one of own) known.set(one.key, one)
    show([...known.values()].sort((a, b) => (isNewer(a, b) ? 1 : isNewer(b, a) ? -1 : 0)))
  }

  const sendAll = async (of: OutboxOwner): Promise<void> => {
    const tried = new Set<string>()
    const next = async () => {
      // Another tab may have kept one that was made before.
      await reload(of)
      return of === owner ? list.find(({ key, refused }) => !refused && !tried.has(key)) : undefined
    }
    for (let one = await next(); one; one = await next()) {
      const { key } = one
      tried.add(key)
      const reply = await send(one, of.person)
      const { problem } = reply.ok ? {} : reply
      // The order is kept: those made later wait for this one.
      if (problem && isUnanswered(problem)) return later()
      unkept.delete(key)
      const to = (all: readonly Waiting[]) =>
        problem
          ? all.map(other => (other.key === key ? { ...other, refused: problem } : other))
          : all.filter(other => other.key !== key)
      // Sent and not noted, it is sent again under its key, which does nothing twice.
      await change(of, storesOf(of), to).catch(() => undefined)
    }
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
      unkept.clear()
      show([])
      if (!next) return
      await reload(next)
      flush()
    },
    /** Whose writes wait here; undefined while nobody is signed in. */
    owner: (): OutboxOwner | undefined => owner,
    /**
     * Keeps a write of `of`, whose session may have ended meanwhile, until it can be sent. Resolves to false if the device
     * cannot keep it: then it lasts as long as the page.
     */
    add: async (of: OutboxOwner, one: Waiting): Promise<boolean> => {
      const has = (all: readonly Waiting[]) => (all.some(({ key }) => key === one.key) ? all : [...all, one])
      unkept.add(one.key)
      const isKept = await change(of, [of.store], has).then(
        () => true,
        () => false,
      )
      if (isKept) unkept.delete(one.key)
      later()
      return isKept
    },
    /** Removes one that its author does not want any more. */
    remove: async (key: string): Promise<void> => {
      if (owner) await change(owner, storesOf(owner), all => all.filter(one => one.key !== key)).catch(() => undefined)
    },
    /** There may be a network again. */
    flush,
    waiting: (): readonly Waiting[] => list,
    isKept: (key: string): boolean => !unkept.has(key),
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
