import { useSyncExternalStore } from 'react'

/** Makes a hook that says whether the page is at least so wide, in px: where panes stand side by side. */
export const wideFrom = (width: number): (() => boolean) => {
  const query = matchMedia(`(min-width: ${width}px)`)
  const subscribe = (listener: () => void) => {
    query.addEventListener('change', listener)
    return () => query.removeEventListener('change', listener)
  }
  return () => useSyncExternalStore(subscribe, () => query.matches)
}
