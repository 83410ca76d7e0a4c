import { importPatterns, type SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { applyDecisions } from './decisions.ts'
import { recordEver } from './people/dated.ts'
import { ownRoles } from './people/roles.ts'
import type { ImportTable } from './platform.ts'
import type { Staged, StagedPerson, Staging } from './staging.ts'
import { consistent, loadSources } from './stored.ts'

/** Why a school's guardians stay as they are: the feed takes too many of them away at once. */
export type Held = { readonly uais: ReadonlySet<string>; readonly keepsGuardians: ReadonlySet<string> }

/** The part of a record that is about some schools. */
export const partIn = (
  record: PersonRecord,
  wanted: (uai: string) => boolean,
): Pick<PersonRecord, 'pupil' | 'staff'> => {
  const { pupil, staff } = record
  const groupsIn = <Group extends { uai: string }>(groups: readonly Group[]) => groups.filter(one => wanted(one.uai))
  const { terms: allTerms = [], ...undated } = pupil ?? {}
  const terms = allTerms.filter(one => wanted(one.uai))
  const asPupil = pupil && {
    ...undated,
    guardians: pupil.guardians,
    at: pupil.at.filter(wanted),
    groups: groupsIn(pupil.groups),
    ...(terms.length > 0 && { terms }),
  }
  const asStaff = staff && {
    ...staff,
    at: staff.at.filter(wanted),
    groups: groupsIn(staff.groups),
    roles: staff.roles.filter(one => wanted(one.uai)),
    functions: staff.functions.filter(one => wanted(one.split('$')[0] ?? '')),
  }
  return {
    ...(asPupil && asPupil.at.length + asPupil.groups.length + terms.length > 0 && { pupil: asPupil }),
    ...(asStaff &&
      asStaff.at.length + asStaff.groups.length + asStaff.roles.length + asStaff.functions.length > 0 && {
        staff: asStaff,
      }),
  }
}

type Pupil = NonNullable<PersonRecord['pupil']>
type Staff = NonNullable<PersonRecord['staff']>

const joinedPupil = (here: Pupil | undefined, kept: Pupil | undefined): Pupil | undefined =>
  here && kept
    ? {
        ...here,
        at: [...here.at, ...kept.at],
        groups: [...here.groups, ...kept.groups],
        ...((here.terms ?? kept.terms) && { terms: [...(here.terms ?? []), ...(kept.terms ?? [])] }),
      }
    : (here ?? kept)

const joinedStaff = (here: Staff | undefined, kept: Staff | undefined): Staff | undefined =>
  here && kept
    ? {
        ...here,
        at: [...here.at, ...kept.at],
        groups: [...here.groups, ...kept.groups],
        roles: [...here.roles, ...kept.roles],
        functions: [...here.functions, ...kept.functions].sort(),
      }
    : (here ?? kept)

/**
 * The guardians of a pupil of held schools alone. Custody that the feed no longer names is lost although the school is
 * held, and none is given; unless the school is held because guardians are lost, or the feed is without the pupil.
 */
const guardiansHeld = (next: PersonRecord | undefined, kept: Pupil, { keepsGuardians }: Held): string[] => {
  const stays = [...kept.at, ...kept.groups.map(group => group.uai)].some(uai => keepsGuardians.has(uai))
  const named = next?.pupil?.guardians
  return stays || !named ? kept.guardians : kept.guardians.filter(one => named.includes(one))
}

/** What somebody is with what held schools keep of them: as they were there, as the feed says elsewhere. */
export const merged = (
  next: PersonRecord | undefined,
  old: PersonRecord | undefined,
  held: Held,
): PersonRecord | undefined => {
  const here = next ? partIn(next, uai => !held.uais.has(uai)) : {}
  const before = old ? partIn(old, uai => held.uais.has(uai)) : {}
  const kept = before.pupil && { ...before.pupil, guardians: guardiansHeld(next, before.pupil, held) }
  const pupil = joinedPupil(here.pupil, kept)
  const staff = joinedStaff(here.staff, before.staff)
  const guardian = next?.guardian ?? old?.guardian
  const named = here.pupil || here.staff || !old ? (next ?? old) : old
  if (!named || (!pupil && !staff && !guardian)) return undefined
  const { givenName, familyName, contacts } = named
  const pupils = next?.guardian ? next.pupils : old?.pupils
  const guardianTerms = next?.guardian ? next.guardianTerms : old?.guardianTerms
  const asGuardian = guardian && { guardian, ...(pupils && { pupils }), ...(guardianTerms && { guardianTerms }) }
  return {
    givenName,
    familyName,
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...(contacts && { contacts }),
    ...asGuardian,
  }
}

const concerns = ({ record }: StagedPerson, { uais }: Held): boolean =>
  [...ownRoles(recordEver(record)).keys()].some(uai => uais.has(uai))

/** All who are in a held school, or would be. */
const findConcerned = (staging: Staging, held: Held) => {
  const add = (id: string) => staging.run('INSERT OR IGNORE INTO concerned VALUES (?)', id)
  for (const uai of held.uais)
    staging.run('INSERT OR IGNORE INTO concerned SELECT id FROM stored WHERE suspended = 0 AND uai = ?', uai)
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const { id, person } of people) if (person && concerns(person, held)) add(id)
    })
}

const stageMerged = (staging: Staging, { id, person }: Staged, item: SourceItem | undefined, held: Held) => {
  const old = item && !item.left ? item.record : undefined
  const record = merged(person?.record, old, held)
  if (record) staging.setPerson(id, { ...(person ?? { facets: [], file: '', line: 0, key: '' }), record })
  else staging.run('DELETE FROM person WHERE id = ?', id)
}

const relink = (staging: Staging, { id, person }: Staged) => {
  staging.run('DELETE FROM link WHERE pupil = ?', id)
  for (const guardian of person?.record.pupil?.guardians ?? [])
    if (staging.person(guardian)?.record.guardian) staging.link(guardian, id)
}

/** A guardian none of whose children is staged any more, and who is nothing else. */
const isChildless = (staging: Staging, { id, person }: Staged): boolean =>
  person?.record.guardian === true &&
  !person.record.pupil &&
  !person.record.staff &&
  !staging.get('SELECT 1 FROM link WHERE guardian = ?', id)

export const dropChildless = (staging: Staging, one: Staged) => {
  if (isChildless(staging, one)) staging.run('DELETE FROM person WHERE id = ?', one.id)
}

/** Who is stored already stays so, without access: a delta may name them. Nobody new is stored for a held school. */
const keepChildless = (staging: Staging, one: Staged) => {
  if (!one.person || !isChildless(staging, one)) return
  if (staging.get('SELECT 1 FROM stored WHERE id = ?', one.id)) staging.keep(one.id, one.person.record)
  else dropChildless(staging, one)
}

/**
 * Leaves the people of held schools there as they are stored: what the feed says of them there is set aside, what it
 * says of them in other schools is not. The staged people are changed to that.
 */
export const hold = async (staging: Staging, table: ImportTable, source: string, held: Held): Promise<void> => {
  if (held.uais.size === 0) return
  for (const { uai, key, name, town } of await table.all(importPatterns.feedSchools, { source }, consistent))
    if (held.uais.has(uai)) staging.addSchool({ uai, key, name, ...(town !== undefined && { town }) })
  findConcerned(staging, held)
  for (const people of staging.people('concerned')) {
    const items = await loadSources(
      table,
      people.map(({ id }) => id),
      source,
    )
    const byId = new Map(items.map(item => [item.id, item]))
    staging.transaction(() => {
      for (const one of people) stageMerged(staging, one, byId.get(one.id), held)
    })
  }
  for (const people of staging.people('concerned'))
    staging.transaction(() => {
      for (const one of people) relink(staging, one)
    })
  await applyDecisions(staging, table)
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const one of people) keepChildless(staging, one)
    })
  if (staging.describedSchools().every(({ uai }) => held.uais.has(uai)))
    staging.run('DELETE FROM kept WHERE id NOT IN (SELECT id FROM stored)')
}

/** Names those of held schools who are in other schools too: they are held in the one and imported in the others. */
export const nameNeighbours = (staging: Staging, { uais }: Held, found: (uai: string) => void): void => {
  for (const people of staging.people('concerned'))
    for (const { id, person } of people) {
      if (!person) continue
      const children = staging.all<{ pupil: string }>('SELECT pupil FROM link WHERE guardian = ?', id)
      const records = [person.record, ...children.flatMap(({ pupil }) => staging.person(pupil)?.record ?? [])].map(
        recordEver,
      )
      const now = records.flatMap(record => [...ownRoles(record).keys()])
      const before = staging
        .all<{ uai: string }>('SELECT DISTINCT uai FROM stored WHERE id = ? AND suspended = 0', id)
        .map(row => row.uai)
      const there = [...new Set([...now, ...before])]
      const inHeld = there.filter(uai => uais.has(uai) && before.includes(uai))
      const elsewhere = there.filter(uai => !uais.has(uai))
      if (inHeld.length === 0 || elsewhere.length === 0) continue
      for (const uai of inHeld) found(uai)
      // Those the feed is without have no key in it: their id says who it is.
      staging.found({
        kind: 'left-out',
        ...(person.file && { file: person.file, line: person.line }),
        id: person.key || id,
        reason: `they stay as they were in ${inHeld.join(', ')}, which is held; what the feed says of them in ${elsewhere.join(', ')} is imported`,
      })
    }
}
