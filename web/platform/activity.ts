/**
 * Tracks when the person was last active on this page, so that a page in use polls often and one left open seldom.
 * Decision: docs/decisions/0004-freshness-of-shared-reads.md
 */
let lastActivity = Date.now()

/** Milliseconds after the last activity for which the person counts as active. */
const activityTimeout = 60_000

/** Milliseconds between two polls, for an active person and for an inactive one. */
const activeInterval = 5_000
const idleInterval = 30_000

const returnListeners = new Set<() => void>()

const onActivity = () => {
  const away = Date.now() - lastActivity > activityTimeout
  lastActivity = Date.now()
  if (away) for (const listener of returnListeners) listener()
}

/** Calls `listener` when the person becomes active again. Starts listening for their activity. */
export const onReturn = (listener: () => void): void => {
  if (returnListeners.size === 0)
    for (const event of ['pointerdown', 'keydown', 'scroll', 'focus'])
      addEventListener(event, onActivity, { capture: true, passive: true })
  returnListeners.add(listener)
}

/** Milliseconds to the next poll. TanStack Query itself does not poll a hidden page. */
export const pollInterval = (): number => (Date.now() - lastActivity < activityTimeout ? activeInterval : idleInterval)
