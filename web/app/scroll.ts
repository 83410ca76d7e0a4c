import type { RouterOptions } from 'wouter'
import { type Entry, entry, here, left } from '../platform/navigation.ts'

/*
 * Scroll restoration: the position is stored with the history entry, a new screen begins at its top, and Back restores the
 * position. The browser's own restoration fails where a screen's content comes later than the screen.
 */

/** Milliseconds without scrolling before the position is stored: Safari allows 100 history changes in 30 s. */
const storeDelay = 150
/** Milliseconds for which a position is restored while the screen's content grows. */
const restoreTimeout = 5_000

let storing: ReturnType<typeof setTimeout> | undefined
/** Ends the restoration that is under way. */
let endRestoration: (() => void) | undefined

const store = () => {
  clearTimeout(storing)
  if (!endRestoration && entry().top !== scrollY) history.replaceState({ ...entry(), top: scrollY }, '')
}

const restore = () => {
  clearTimeout(storing)
  endRestoration?.()
  const { top = 0 } = entry()
  const scroll = () => {
    scrollTo(0, top)
    if (Math.abs(scrollY - top) <= 1) endRestoration?.()
  }
  const growing = new ResizeObserver(scroll)
  const timer = setTimeout(() => endRestoration?.(), restoreTimeout)
  const stop = new AbortController()
  endRestoration = () => {
    endRestoration = undefined
    growing.disconnect()
    clearTimeout(timer)
    stop.abort()
  }
  // Restoration ends as soon as the person scrolls by themselves.
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
    addEventListener(event, () => endRestoration?.(), { signal: stop.signal, capture: true, passive: true })
  // The observer reports at once, and then whenever the page grows.
  growing.observe(document.body)
}

/** Stores the position before a link is followed, and notes in the new history entry where it was followed from. */
export const aroundNav: NonNullable<RouterOptions['aroundNav']> = (go, to, options) => {
  const isSame = to === here()
  if (!isSame) store()
  const state: Entry = isSame ? { ...entry(), top: 0 } : { ...left(), ...(options?.state?.stays && { top: scrollY }) }
  go(to, { ...options, state, ...(isSame && { replace: true }) })
}

/** Starts to store and restore scroll positions. */
export const startScrollRestoration = (): void => {
  history.scrollRestoration = 'manual'
  for (const event of ['popstate', 'pushState', 'replaceState'])
    addEventListener(event, () => {
      // store() itself replaces the state.
      if (event !== 'replaceState' || entry().top !== scrollY) restore()
    })
  addEventListener(
    'scroll',
    () => {
      clearTimeout(storing)
      storing = setTimeout(store, storeDelay)
    },
    { passive: true },
  )
  restore()
}
