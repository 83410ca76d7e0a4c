import { fingerprint } from '../../identity.ts'

/** A value with its attributes in order: what comes back from the table has them in another. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const held = value as Readonly<Record<string, unknown>>
  const sorted: Record<string, unknown> = {}
  for (const name of Object.keys(held).sort()) if (held[name] !== undefined) sorted[name] = ordered(held[name])
  return sorted
}

/** A fingerprint that does not depend on the order of attributes. */
export const printOf = (value: unknown): string => fingerprint(ordered(value))
