import type { PersonRecord } from '../record.ts'

/** A record whose references to people mean whom `mean` says; undefined where nothing changes. */
export const renameReferences = (record: PersonRecord, mean: (id: string) => string): PersonRecord | undefined => {
  const meanAll = (ids: readonly string[]) => [...new Set(ids.map(mean))]
  const { pupil, pupils } = record
  const named = [...(pupil?.guardians ?? []), ...(pupils ?? [])]
  if (named.every(id => mean(id) === id)) return undefined
  const namedBy = pupil?.namedBy && meanAll(pupil.namedBy)
  return {
    ...record,
    ...(pupil && { pupil: { ...pupil, guardians: meanAll(pupil.guardians), ...(namedBy && { namedBy }) } }),
    ...(pupils && { pupils: meanAll(pupils) }),
  }
}
