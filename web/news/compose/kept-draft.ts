import type { Result } from '../../../shared/kernel/result.ts'
import type { KeptDraft } from '../../../shared/news/kept-draft.ts'
import type { Failure } from '../../platform/failure.ts'

/** Milliseconds of writing after which a draft is kept in the account, so that each word is not a request. */
const keepEvery = 60_000

export type KeeperParts = {
  readonly read: () => Promise<KeptDraft | undefined>
  /** `isLeaving`: the page may go before there is a reply. */
  readonly send: (body: KeptDraft, isLeaving: boolean) => Promise<Result<unknown, Failure>>
  readonly setTimer: (work: () => void, milliseconds: number) => unknown
  readonly clearTimer: (timer: unknown) => void
}

export type Keeper = ReturnType<typeof draftKeeper>

/**
 * Keeps a draft in its author's account beside the device, so that they go on with it elsewhere. `onKept` is called with the
 * time of what was kept; `onLater` where another device has kept a later one. What cannot be sent is sent with the next
 * change: the device has it.
 */
export const draftKeeper = ({ read, send, setTimer, clearTimer }: KeeperParts) => {
  let waiting: { readonly form: string; readonly at: Date } | undefined
  let timer: unknown
  /** True if the account may hold a draft. */
  let isThere = false
  let listener: { readonly onKept: (at: Date) => void; readonly onLater: () => void } | undefined

  const stop = (): void => {
    if (timer !== undefined) clearTimer(timer)
    timer = undefined
    waiting = undefined
  }
  const flush = async (isLeaving: boolean): Promise<void> => {
    const held = waiting
    stop()
    if (!held) return
    isThere = true
    const reply = await send({ form: held.form, at: held.at.toISOString() }, isLeaving)
    if (reply.ok) listener?.onKept(held.at)
    else if (reply.problem.type === 'conflict') listener?.onLater()
  }
  return {
    listen: (to: NonNullable<typeof listener>): void => {
      listener = to
    },
    /** What the account holds; undefined: nothing, or it cannot be read now. */
    read: async (): Promise<KeptDraft | undefined> => {
      const held = await read()
      isThere ||= held?.form !== undefined
      return held
    },
    /** The draft has changed: it is kept within a minute, or as the page is left. */
    changed: (form: string, at: Date): void => {
      waiting = { form, at }
      timer ??= setTimer(() => void flush(false), keepEvery)
    },
    /** The page is left, or hidden. */
    flush,
    /** It was published or discarded: nobody is to find it elsewhere. */
    done: (at: Date): void => {
      stop()
      if (!isThere) return
      isThere = false
      void send({ at: at.toISOString() }, true)
    },
  }
}
