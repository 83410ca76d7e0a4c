import type { TerritoryRole } from '../../../shared/kernel/role.ts'
import { put } from '../../platform/operation.ts'
import { importPatterns } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import type { StoredRow } from './change.ts'
import { type Composed, compose, rolesOf } from './people/compose.ts'
import { nextChange, recordEver, recordOn } from './people/dated.ts'
import { keptAlone } from './people/kept.ts'
import { ownRoles } from './people/roles.ts'
import type { Put } from './platform.ts'
import type { Staged, StagedPerson, StagedSchool, Staging } from './staging.ts'

/**
 * What a feed says of somebody without access. `alone`: what is stored of one who is in no school and never was;
 * undefined for one who waits for a day on which they are something. `changing`: the row by which the clock finds them
 * on that day.
 */
export type Kept = {
  readonly record: PersonRecord
  readonly changing: readonly Put[]
  readonly alone: Composed | undefined
}

/** Somebody to compare. `next`: what they should be, undefined for one who left. `rows`: their stored roster rows. */
export type Candidate = {
  readonly id: string
  readonly next: Composed | undefined
  /** What the feed says of one who has no access today; undefined if it says nothing that may count again. */
  readonly kept: Kept | undefined
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

/** False for a guardian whose time as one is over, or has not begun. */
const isGuardianToday = (staging: Staging, id: string): boolean => {
  const dated = staging.get(
    "SELECT 1 FROM person WHERE id = ? AND json_extract(body, '$.guardianTerms') IS NOT NULL",
    id,
  )
  const record = dated ? staging.person(id)?.record : undefined
  return !record || recordOn(record, staging.day).guardian === true
}

const guardiansOf = (staging: Staging, pupil: string): string[] =>
  staging.all<{ guardian: string }>('SELECT guardian FROM link WHERE pupil = ?', pupil).map(row => row.guardian)

const isPupil = (record: PersonRecord): boolean => [...ownRoles(record).values()].flat().includes('pupil')

/** The row by which the clock finds somebody on the next day on which something of them begins or ends. */
const changingRow = (
  id: string,
  source: string,
  record: PersonRecord,
  children: readonly { readonly record: PersonRecord }[],
  today: string,
): Put[] => {
  const change = nextChange(record, today)
  if (!change) return []
  const schools = [record, ...children.map(child => child.record)].flatMap(one => [...ownRoles(recordEver(one)).keys()])
  const uai = change.uai || schools[0]
  const { day } = change
  return uai === undefined
    ? []
    : [put('changing', importPatterns.changingOn, { uai, day, person: id }, { person: id, source, day })]
}

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

  const { day } = staging
  const granted = Map.groupBy(
    staging.all<{ adult: string; child: string }>("SELECT adult, child FROM decision WHERE kind = 'granted'"),
    row => row.adult,
  )
  const isGranted = (adult: string, child: string) => granted.get(adult)?.some(row => row.child === child) ?? false

  /** What somebody is today, and the children whose guardian they are today or on another day. */
  const today = (id: string, stored: PersonRecord) => {
    const record = recordOn(stored, day)
    const linked = stored.guardian || granted.has(id) ? childrenOf(staging, id) : []
    const ever = linked.filter(child => stored.guardian || isGranted(id, child.id))
    const children = ever
      .filter(child => record.guardian || isGranted(id, child.id))
      .map(child => ({ ...child, record: recordOn(child.record, day) }))
    const administers = (administrators.get(id) ?? []).map(row => row.uai)
    return { record, ever, children, administers }
  }

  const composedOf = (id: string, { record: stored }: StagedPerson): Pick<Candidate, 'next' | 'kept'> => {
    const { record, ever, children, administers } = today(id, stored)
    const kin = ever.filter(child => isPupil(recordEver(child.record))).map(child => child.id)
    const changing = changingRow(id, source, stored, ever, day)
    const isGuardian = (one: string) => isGranted(one, id) || isGuardianToday(staging, one)
    const guardians = record.pupil ? guardiansOf(staging, id).filter(isGuardian) : []
    const territoryRoles = (territory.get(id) ?? []).map(row => row.role)
    const own = { id, source, record, stored, changing, guardians, children, kin }
    const composed = compose({ ...own, administers, territoryRoles, school })
    if (composed) return { next: composed, kept: undefined }
    const waits = changing.length > 0 || ever.some(child => nextChange(child.record, day))
    return { next: undefined, kept: waits ? { record: stored, changing, alone: undefined } : undefined }
  }

  const candidatesOf = (people: readonly Staged[]): Candidate[] => {
    const rows = rowsOf(
      staging,
      people.map(one => one.id),
    )
    return people.map(({ id, person }) => {
      const stored = rows.get(id) ?? []
      if (person) return { id, rows: stored, ...composedOf(id, person) }
      const record = staging.keptRecord(id)
      const kept = record && { record, changing: [], alone: keptAlone(id, source, record) }
      return { id, rows: stored, next: undefined, kept }
    })
  }

  /** The schools somebody is in today, without all that is composed of it. */
  const schoolsOf = (id: string, { record }: StagedPerson): string[] => [...rolesOf(today(id, record)).keys()]

  return { candidatesOf, schoolsOf }
}
