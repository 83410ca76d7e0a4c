/** Storage for as long as the page stands, where the browser gives none. */
const passing = (): Storage => {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    key: place => [...held.keys()][place] ?? null,
    getItem: name => held.get(name) ?? null,
    setItem: (name, value) => {
      held.set(name, String(value))
    },
    removeItem: name => {
      held.delete(name)
    },
    clear: () => held.clear(),
  }
}

/** The browser's storage of this kind, or one that lasts as long as the page where it is closed to us. */
const open = (kind: 'localStorage' | 'sessionStorage'): Storage => {
  try {
    const storage = globalThis[kind]
    // One that holds something is open, though it may be full.
    if (storage.length > 0) return storage
    storage.setItem('preau.probe', '1')
    storage.removeItem('preau.probe')
    return storage
  } catch {
    return passing()
  }
}

/** What `attempt` gives, or undefined where storage is full or closed to us: nothing here depends on its keeping. */
export const safely = <Value>(attempt: () => Value): Value | undefined => {
  try {
    return attempt()
  } catch {
    return undefined
  }
}

/** Kept on this device. May throw when full. */
export const lasting = open('localStorage')
/** Kept until the tab closes. */
export const passingStorage = open('sessionStorage')
