import { type ComponentType, useEffect, useSyncExternalStore } from 'react'
import { Pending } from './fallbacks.tsx'
import { noteScreen } from './first-screen.ts'

/** A screen that the build puts into a chunk of its own. */
export type Chunk = {
  /** Fetches it, once: a browser does not repeat a dynamic import that failed before the page is reloaded. */
  readonly load: () => void
  readonly subscribe: (listener: () => void) => () => void
  /** The screen, or why it could not be fetched; undefined until that is known. */
  readonly current: () => { readonly Screen: ComponentType } | { readonly error: unknown } | undefined
}

export const chunk = (fetch: () => Promise<ComponentType>): Chunk => {
  let current: ReturnType<Chunk['current']>
  let isRequested = false
  const listeners = new Set<() => void>()
  const resolve = (to: typeof current) => {
    current = to
    for (const listener of listeners) listener()
  }
  return {
    load: () => {
      if (isRequested) return
      isRequested = true
      fetch().then(
        Screen => resolve({ Screen }),
        (error: unknown) => resolve({ error }),
      )
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current: () => current,
  }
}

/** Shows the screen of a chunk that is loading or loaded: in the same render if it is loaded, where React's lazy() would show its fallback first. */
export const LazyScreen = ({ chunk: { subscribe, current } }: { readonly chunk: Chunk }) => {
  const found = useSyncExternalStore(subscribe, current)
  useEffect(() => {
    if (found) noteScreen()
  }, [found])
  if (!found) return <Pending />
  if ('error' in found) throw found.error
  return <found.Screen />
}
