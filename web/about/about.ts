import type { About } from '../../shared/kernel/about.ts'

/** What the territory says of itself (lib/territories.ts), which the build passes. Its texts are in its first language. */
export const about: About = JSON.parse(import.meta.env.VITE_ABOUT ?? '{}')

/** Months within which people who left are erased. Passed by the build. */
export const erasedAfter = Number(import.meta.env.VITE_ERASED_AFTER ?? 3)
