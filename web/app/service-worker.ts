/**
 * Registers the service worker that the build makes (vite.config.ts): it caches the shell, so that the app opens without a
 * network. It never answers requests to the API.
 */
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()

const setWaiting = (worker: ServiceWorker | undefined) => {
  waiting = worker
  for (const listener of listeners) listener()
}

/** True when a new version is installed and waiting. */
export const updateReady = (): boolean => waiting !== undefined

/** Calls `listener` whenever that changes. */
export const subscribeToUpdate = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Lets the new version take over; every open page of this browser reloads. */
export const applyUpdate = (): void => waiting?.postMessage({ type: 'SKIP_WAITING' })

/** Hides the prompt until the next visit. */
export const postponeUpdate = (): void => setWaiting(undefined)

const watch = (registration: ServiceWorkerRegistration) => {
  // The first worker of a browser is no update.
  const onStateChange = () => {
    if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting)
  }
  onStateChange()
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', onStateChange),
  )
}

/** Registers the worker once the page has loaded, so that it does not compete with the first screen. */
export const registerServiceWorker = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload()
  })
  addEventListener('load', () => {
    // Some browsers refuse in private windows; the app works without it.
    navigator.serviceWorker
      .register('/sw.js')
      .then(watch)
      .catch(() => undefined)
  })
}
