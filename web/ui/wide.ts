import { useSyncExternalStore } from 'react'

/**
 * Makes a hook that says whether the page is at least so wide, in px where text has its ordinary size: where panes stand
 * side by side. As in style sheets, larger text needs as much more room.
 */
export const wideFrom = (width: number): (() => boolean) => {
  const query = matchMedia(`(min-width: ${width / 16}em)`)
  const subscribe = (listener: () => void) => {
    query.addEventListener('change', listener)
    return () => query.removeEventListener('change', listener)
  }
  return () => useSyncExternalStore(subscribe, () => query.matches)
}
