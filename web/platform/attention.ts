/**
 * When the person last did something here, so that a page that is looked at is fresh and one left open is cheap.
 * Decision: docs/decisions/0004-freshness-of-shared-reads.md
 */
let last = Date.now()

/** Milliseconds: how long after doing something a person is still taken to be looking. */
const attentive = 60_000

/** Milliseconds between polls while somebody looks, and while they may not. */
const often = 5_000
const seldom = 30_000

const returned = new Set<() => void>()

const noticed = () => {
  const away = Date.now() - last > attentive
  last = Date.now()
  if (away) for (const listener of returned) listener()
}

/** Begins to notice. `listener` is called when the person comes back to a page left alone. */
export const onReturn = (listener: () => void): void => {
  if (returned.size === 0)
    for (const event of ['pointerdown', 'keydown', 'scroll', 'focus'])
      addEventListener(event, noticed, { capture: true, passive: true })
  returned.add(listener)
}

/** Milliseconds to the next poll. TanStack Query itself does not poll a hidden page. */
export const pollInterval = (): number => (Date.now() - last < attentive ? often : seldom)
