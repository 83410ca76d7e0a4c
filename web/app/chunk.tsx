import { type ComponentType, useSyncExternalStore } from 'react'
import { Pending } from './fallbacks.tsx'

/** A screen that is a part of the app of its own. */
export type Chunk = {
  /** Fetches it, once: a browser that could not does not try again before the page is reloaded. */
  readonly load: () => void
  readonly subscribe: (listener: () => void) => () => void
  /** The screen, or why it could not be fetched; undefined until that is known. */
  readonly found: () => { readonly Screen: ComponentType } | { readonly error: unknown } | undefined
}

export const chunk = (fetch: () => Promise<ComponentType>): Chunk => {
  let found: ReturnType<Chunk['found']>
  let isAsked = false
  const listeners = new Set<() => void>()
  const settle = (to: typeof found) => {
    found = to
    for (const listener of listeners) listener()
  }
  return {
    load: () => {
      if (isAsked) return
      isAsked = true
      fetch().then(
        Screen => settle({ Screen }),
        (error: unknown) => settle({ error }),
      )
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    found: () => found,
  }
}

/** Shows the screen of a chunk that is loaded or being so: at once if it is here, where React's lazy() shows its fallback in between. */
export const Arriving = ({ of }: { readonly of: Chunk }) => {
  const found = useSyncExternalStore(of.subscribe, of.found)
  if (!found) return <Pending />
  if ('error' in found) throw found.error
  return <found.Screen />
}
