import type { RouterOptions } from 'wouter'
import { type Entry, entry, here } from '../platform/navigation.ts'

/*
 * Where a page is scrolled to is kept with its entry of the history: a new screen begins at its top, and Back leads to
 * the place that was left. The browser's own way gives up where a screen is not there at once.
 */

/** Milliseconds without further scrolling before a place is kept: some browsers allow no more than 100 changes in 30 s. */
const pause = 150
/** Milliseconds a screen is given to become as long as it was. */
const patience = 5_000

let keeping: ReturnType<typeof setTimeout> | undefined
/** Ends what is under way towards the place to show. */
let settle: (() => void) | undefined

const keep = () => {
  clearTimeout(keeping)
  if (!settle && entry().top !== scrollY) history.replaceState({ ...entry(), top: scrollY }, '')
}

const show = () => {
  clearTimeout(keeping)
  settle?.()
  const { top = 0 } = entry()
  const isThere = () => {
    scrollTo(0, top)
    if (Math.abs(scrollY - top) <= 1) settle?.()
  }
  const growing = new ResizeObserver(isThere)
  const timer = setTimeout(() => settle?.(), patience)
  const stop = new AbortController()
  settle = () => {
    settle = undefined
    growing.disconnect()
    clearTimeout(timer)
    stop.abort()
  }
  // Whoever scrolls by themselves knows better where to be.
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
    addEventListener(event, () => settle?.(), { signal: stop.signal, capture: true, passive: true })
  // It is observed at once, and then whenever it grows.
  growing.observe(document.body)
}

/** Goes where a link leads: what is left is kept as it stands, and the new entry knows where one came from. */
export const aroundNav: NonNullable<RouterOptions['aroundNav']> = (go, to, options) => {
  const isSame = to === here()
  if (!isSame) keep()
  const state: Entry = isSame
    ? { ...entry(), top: 0 }
    : { from: here(), ...(options?.state?.stays && { top: scrollY }) }
  go(to, { ...options, state, ...(isSame && { replace: true }) })
}

/** Begins to keep and to show places. */
export const keepPlaces = (): void => {
  history.scrollRestoration = 'manual'
  for (const event of ['popstate', 'pushState', 'replaceState'])
    addEventListener(event, () => {
      // What keep() itself notes moves nothing.
      if (event !== 'replaceState' || entry().top !== scrollY) show()
    })
  addEventListener(
    'scroll',
    () => {
      clearTimeout(keeping)
      keeping = setTimeout(keep, pause)
    },
    { passive: true },
  )
  show()
}
