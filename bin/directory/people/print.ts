import { fingerprint } from '../../../shared/directory/identity.ts'

/** A value with its attributes in order: what comes back from the table has them in another. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]))
}

/** A fingerprint that does not depend on the order of attributes. */
export const printOf = (value: unknown): string => fingerprint(ordered(value))
