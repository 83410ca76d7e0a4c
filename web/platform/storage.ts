/** A Storage in memory, which lasts as long as the page. */
const memoryStorage = (): Storage => {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: index => [...items.keys()][index] ?? null,
    getItem: name => items.get(name) ?? null,
    setItem: (name, value) => {
      items.set(name, String(value))
    },
    removeItem: name => {
      items.delete(name)
    },
    clear: () => items.clear(),
  }
}

/** The browser's storage of this kind, or one in memory where the browser denies access to it. */
const openStorage = (kind: 'localStorage' | 'sessionStorage'): Storage => {
  try {
    const storage = globalThis[kind]
    // One with items in it is readable, even if it is full and the probe below could not be written.
    if (storage.length > 0) return storage
    storage.setItem('preau.probe', '1')
    storage.removeItem('preau.probe')
    return storage
  } catch {
    return memoryStorage()
  }
}

/** The result of `attempt`, or undefined if it throws: for storage that may be full or denied, which the app can do without. */
export const safely = <Value>(attempt: () => Value): Value | undefined => {
  try {
    return attempt()
  } catch {
    return undefined
  }
}

/** The browser's localStorage. Throws when it is full. */
export const localStore = openStorage('localStorage')
/** The browser's sessionStorage, which lasts until the tab is closed. Throws when it is full. */
export const sessionStore = openStorage('sessionStorage')
