import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

/** What the device says as the app starts: the manager hears of changes only, and takes a network for granted. */
export const startOnline = (): void => onlineManager.setOnline(navigator.onLine)

/** False while the device itself says that it has no network. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    listener => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
    () => true,
  )
