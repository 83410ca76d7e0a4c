import { fingerprint } from '../../identity.ts'

/** A value with its attributes sorted by name: the table gives them back in another order. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const attributes = value as Readonly<Record<string, unknown>>
  const sorted: Record<string, unknown> = {}
  for (const name of Object.keys(attributes).sort())
    if (attributes[name] !== undefined) sorted[name] = ordered(attributes[name])
  return sorted
}

/** A fingerprint that does not depend on the order of attributes. */
export const printOf = (value: unknown): string => fingerprint(ordered(value))
