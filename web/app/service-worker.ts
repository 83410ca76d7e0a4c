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

const canRegister = () => import.meta.env.PROD && 'serviceWorker' in navigator

/** Whether a worker of an earlier visit serves this page. */
export const isControlled = (): boolean => canRegister() && navigator.serviceWorker.controller !== null

let isRegistered = false

const register = (): void => {
  if (isRegistered) return
  isRegistered = true
  // Some browsers refuse in private windows; the app works without it.
  navigator.serviceWorker
    .register('/sw.js')
    .then(watch)
    .catch(() => undefined)
}

/** Once the page has loaded, looks for a newer version of the worker, in a browser that has one. */
export const startServiceWorker = (): void => {
  if (!canRegister() || !isControlled()) return
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
  addEventListener('load', register)
}

/** Milliseconds from the shell until the worker is installed, for Home to come first. */
const installDelay = 3_000

/**
 * Installs the worker in a browser that has none. It fetches the whole app: only for somebody signed in, who is to open it
 * without a network, and after their first screen.
 */
export const installServiceWorker = (): void => {
  if (canRegister()) setTimeout(register, installDelay)
}
