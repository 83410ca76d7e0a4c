import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

/** Sets the initial state from the device: TanStack's onlineManager assumes a network until it sees an event. */
export const startOnline = (): void => onlineManager.setOnline(navigator.onLine)

/** False while the device reports that it has no network. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    listener => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
    () => true,
  )
