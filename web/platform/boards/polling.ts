/** Milliseconds in which nothing new is to be expected: as long as the edge keeps an index. */
const soonest = 3_000
/** Milliseconds between the polls after a write of one's own, and how many there are. */
const quickInterval = 3_000
const quickPolls = 4

/** The page, which tests replace. */
export type PollingParts = {
  /** Asks, and resolves to the seconds to the next time. */
  readonly ask: () => Promise<number>
  /** Milliseconds, by a clock that only goes on. */
  readonly now: () => number
  readonly setTimer: (work: () => void, milliseconds: number) => unknown
  readonly clearTimer: (timer: unknown) => void
  readonly isVisible: () => boolean
  /** Calls `listener` when the person comes back to the page, or the network does. */
  readonly onReturn: (listener: () => void) => void
  /** Calls `listener` when the page is hidden. */
  readonly onHidden: (listener: () => void) => void
}

/**
 * Asks at the interval that the last answer set, as long as a screen looks at boards and the page is visible; at once
 * when the person comes back; a few times in quick succession after a write of their own.
 */
export const polling = ({ ask, now, setTimer, clearTimer, isVisible, onReturn, onHidden }: PollingParts) => {
  let screens = 0
  let timer: unknown
  let isAsking = false
  let isAskedAgain = false
  let quick = 0
  let lastAsked = Number.NEGATIVE_INFINITY
  /** Milliseconds from one poll to the next. */
  let interval = 0

  const next = () => (quick > 0 ? quickInterval : interval)
  const stop = () => {
    if (timer !== undefined) clearTimer(timer)
    timer = undefined
  }
  const schedule = (from: number) => {
    stop()
    if (screens === 0 || !isVisible() || isAsking) return
    const wait = Math.max(0, lastAsked + from - now())
    timer = setTimer(() => {
      timer = undefined
      void poll()
    }, wait)
  }
  const poll = async (): Promise<void> => {
    if (isAsking) {
      isAskedAgain = true
      return
    }
    stop()
    isAsking = true
    isAskedAgain = false
    lastAsked = now()
    if (quick > 0) quick--
    try {
      interval = (await ask()) * 1000
    } finally {
      isAsking = false
      schedule(isAskedAgain ? soonest : next())
    }
  }
  onReturn(() => {
    if (isAsking) isAskedAgain = true
    else schedule(soonest)
  })
  onHidden(stop)

  return {
    /** A screen looks at boards until it calls what this returns. */
    start: (): (() => void) => {
      screens++
      if (screens === 1) schedule(next())
      return () => {
        screens--
        if (screens === 0) stop()
      }
    },
    /** Asks now. */
    now: poll,
    /** After a write of one's own: asks more often for a moment. */
    soon: (): void => {
      quick = quickPolls
      schedule(quickInterval)
    },
  }
}
