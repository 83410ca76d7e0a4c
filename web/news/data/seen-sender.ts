import { mostSeen } from './marks.ts'

/** Milliseconds from the first item opened to the request, in which others may join it: those of a usual visit. */
const delay = 180_000

export type SeenParts = {
  /** What was opened and the API has not taken: keys that differ where something else was seen. */
  readonly pending: () => readonly string[]
  /** Sends these; true if the API has taken them. `isLeaving`: the request outlives the page. */
  readonly send: (news: readonly string[], isLeaving: boolean) => Promise<boolean>
  /** Notes that the API has taken these. */
  readonly sent: (news: readonly string[]) => void
  readonly setTimer: (work: () => void, milliseconds: number) => unknown
  readonly clearTimer: (timer: unknown) => void
}

/**
 * Sends what was opened in one request: three minutes after the first, at the latest when the page is left. What could not
 * be sent stays pending, and goes with the next.
 */
export const seenSender = ({ pending, send, sent, setTimer, clearTimer }: SeenParts) => {
  let timer: unknown
  const running = new Set<string>()
  const flush = async (isLeaving = false): Promise<void> => {
    if (timer !== undefined) clearTimer(timer)
    timer = undefined
    const news = pending()
      .filter(one => !running.has(one))
      .slice(0, mostSeen)
    if (news.length === 0) return
    for (const one of news) running.add(one)
    const isTaken = await send(news, isLeaving).catch(() => false)
    for (const one of news) running.delete(one)
    if (!isTaken) return
    sent(news)
    // Without what was sent: it is asked again with the next, and not at once for ever.
    if (pending().some(one => !news.includes(one))) await flush()
  }
  return {
    /** Something was opened, or was left pending by an earlier visit. */
    noted: (): void => {
      timer ??= setTimer(() => void flush(), delay)
    },
    /** Is not to wait: there is no network, and the page may be left before there is one. */
    now: (): Promise<void> => flush(),
    /** The page is left. */
    leaving: (): Promise<void> => flush(true),
  }
}
