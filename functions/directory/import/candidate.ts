import type { TerritoryRole } from '../../../shared/kernel/role.ts'
import type { PersonRecord } from '../patterns.ts'
import type { StoredRow } from './change.ts'
import { type Composed, compose } from './people/compose.ts'
import { keptAlone } from './people/kept.ts'
import type { Staged, StagedPerson, StagedSchool, Staging } from './staging.ts'

/** Somebody to compare. `next`: what they should be, undefined for one who left. `rows`: their stored roster rows. */
export type Candidate = {
  readonly id: string
  readonly next: Composed | undefined
  /** What the feed says of one who is in no school, and what is stored of them if they never were. */
  readonly kept: { readonly record: PersonRecord; readonly alone: Composed } | undefined
  readonly rows: readonly StoredRow[]
}

const rowsOf = (staging: Staging, ids: readonly string[]): Map<string, StoredRow[]> => {
  const rows = staging.all<StoredRow & { id: string }>(
    'SELECT id, uai, sk, print, suspended FROM stored WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  )
  return Map.groupBy(rows, row => row.id)
}

const childrenOf = (staging: Staging, guardian: string) =>
  staging
    .all<{ id: string; body: string }>(
      'SELECT person.id, body FROM link JOIN person ON person.id = link.pupil WHERE guardian = ?',
      guardian,
    )
    .map(({ id, body }) => ({ id, record: JSON.parse(body) as PersonRecord }))

const guardiansOf = (staging: Staging, pupil: string): string[] =>
  staging.all<{ guardian: string }>('SELECT guardian FROM link WHERE pupil = ?', pupil).map(row => row.guardian)

/** Composes staged people, a page at a time. */
export const openCandidates = (staging: Staging, source: string, school: (uai: string) => StagedSchool | undefined) => {
  const administrators = Map.groupBy(
    staging.all<{ id: string; uai: string }>('SELECT id, uai FROM administrator'),
    row => row.id,
  )
  const territory = Map.groupBy(
    staging.all<{ id: string; role: TerritoryRole }>('SELECT id, role FROM territory_role'),
    row => row.id,
  )

  const granted = new Set(
    staging.all<{ adult: string }>("SELECT adult FROM decision WHERE kind = 'granted'").map(row => row.adult),
  )

  const next = (id: string, { record }: StagedPerson): Composed | undefined => {
    const children = record.guardian || granted.has(id) ? childrenOf(staging, id) : []
    const guardians = record.pupil ? guardiansOf(staging, id) : []
    const administers = (administrators.get(id) ?? []).map(row => row.uai)
    const territoryRoles = (territory.get(id) ?? []).map(row => row.role)
    return compose({ id, source, record, guardians, children, administers, territoryRoles, school })
  }

  return (people: readonly Staged[]): Candidate[] => {
    const rows = rowsOf(
      staging,
      people.map(one => one.id),
    )
    return people.map(({ id, person }) => {
      const record = person ? undefined : staging.keptRecord(id)
      const kept = record && { record, alone: keptAlone(id, source, record) }
      return { id, next: person && next(id, person), kept, rows: rows.get(id) ?? [] }
    })
  }
}
