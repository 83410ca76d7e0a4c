import { tidy } from '../feed/tidy.ts'
import type { AafRecord } from './parse.ts'

/** An attribute's values under the first of `names` the record has; undefined if it has none of them. */
export const valuesOf = (record: AafRecord, ...names: string[]): readonly string[] | undefined => {
  for (const name of names) {
    const values = record.changes.get(name)
    if (values) return values
  }
  return undefined
}

/** Its first value; '' where it is cleared. */
export const firstOf = (record: AafRecord, ...names: string[]): string | undefined => {
  const values = valuesOf(record, ...names)
  return values && (values[0] ?? '')
}

/** Secondary (2D) and primary (1D) feeds have different attributes for names. */
export const namesOf = (record: AafRecord): { givenName?: string; familyName?: string } => {
  const familyName = firstOf(record, 'sn', 'ENTPersonNom')
  const givenName = firstOf(record, 'givenName', 'ENTPersonPrenom')
  return {
    ...(givenName !== undefined && { givenName: tidy(givenName) }),
    ...(familyName !== undefined && { familyName: tidy(familyName) }),
  }
}
