/**
 * Registers the service worker that the build makes (vite.config.ts): it keeps the shell on the device, so that the
 * app opens without a network. It never answers for the API.
 */
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()

const found = (worker: ServiceWorker | undefined) => {
  waiting = worker
  for (const listener of listeners) listener()
}

/** True when a new version waits to take over. */
export const updateReady = (): boolean => waiting !== undefined

/** Calls `listener` whenever that changes. */
export const subscribeToUpdate = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Lets the new version take over; every open page of this browser reloads. */
export const applyUpdate = (): void => waiting?.postMessage({ type: 'SKIP_WAITING' })

/** Does not ask again until the next visit. */
export const postponeUpdate = (): void => found(undefined)

const watch = (registration: ServiceWorkerRegistration) => {
  // The first worker of a browser updates nothing.
  const settled = () => {
    if (registration.waiting && navigator.serviceWorker.controller) found(registration.waiting)
  }
  settled()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', settled))
}

/** Registers it once the page has loaded: what is on screen comes first. */
export const registerServiceWorker = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload()
  })
  addEventListener('load', () => {
    // A browser that refuses (private windows) shows the app without it.
    navigator.serviceWorker
      .register('/sw.js')
      .then(watch)
      .catch(() => undefined)
  })
}
