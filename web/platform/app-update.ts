/** Milliseconds between two attempts. */
const interval = 600_000
let lastTry = Number.NEGATIVE_INFINITY

/**
 * Looks for a newer version of the app, because what the server publishes is in a shape that this one does not read. The
 * shell offers it as soon as it is installed (web/app/update.tsx).
 */
export const lookForUpdate = (): void => {
  if (performance.now() - lastTry < interval) return
  lastTry = performance.now()
  const registration = globalThis.navigator?.serviceWorker?.getRegistration()
  registration?.then(found => found?.update()).catch(() => undefined)
}
