import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { pollBoardsSoon } from '../../platform/boards/boards.ts'

/**
 * Spaces in which something was just written on this device: their lists are asked of the API for a moment, which tells what
 * one has done at once, where the board follows some seconds later.
 */
const lasting = 60_000

const until = new Map<string, number>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while the list of a space is to be asked of the API, after a write of one's own. */
export const useIsWritten = (space: string): boolean =>
  useSyncExternalStore(subscribe, () => (until.get(space) ?? 0) > performance.now())

/** Notes that a space was changed: what is known of spaces is asked for anew. */
export const noteWritten = (client: QueryClient, ...spaces: readonly string[]): Promise<void> => {
  for (const space of spaces) until.set(space, performance.now() + lasting)
  setTimeout(tell, lasting + 1)
  tell()
  pollBoardsSoon()
  return client.invalidateQueries({
    predicate: ({ queryKey: [, address] }) => typeof address === 'string' && address.startsWith('/api/documents/'),
  })
}
