import { useSyncExternalStore } from 'react'

const query = matchMedia('(min-width: 1024px)')

const subscribe = (listener: () => void) => {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** True where the list and the open item are side by side. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
