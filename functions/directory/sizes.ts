import { createHash } from 'node:crypto'
import { type AudienceKind, schoolKinds } from '../../shared/kernel/audience.ts'
import { type Role, roles } from '../../shared/kernel/role.ts'
import { type RosterItem, rolesIn, type Size, type SizesItem } from './audiences.ts'

type Rosters = ReadonlyMap<Role, readonly RosterItem[]>

const sizeOf = (kind: AudienceKind, rosters: Rosters): Size => {
  /** People and the first roster they stand in: they are shown in its role. */
  const people = new Map<string, Role>()
  const guardians = new Set<string>()
  for (const role of rolesIn(kind))
    for (const { person } of rosters.get(role) ?? []) {
      if (!people.has(person)) people.set(person, role)
      if (role === 'guardian') guardians.add(person)
    }
  const pupils = new Set((rosters.get('pupil') ?? []).map(({ person }) => person))
  return {
    people: people.size,
    guardians: guardians.size,
    pupils: [...people.values()].filter(role => role === 'pupil').length,
    concerned: rolesIn(kind).includes('guardian') ? pupils.size : 0,
  }
}

/** A fingerprint of the people of a school's rosters, their roles, classes, groups and children. */
const membersOf = (rows: readonly RosterItem[]): string => {
  const texts = rows.map(({ person, role, classes, pupils = [] }) =>
    [person, role, ...classes.map(({ id }) => id).sort(), '', ...[...pupils].sort()].join(' '),
  )
  return createHash('sha256').update(texts.sort().join('\n')).digest('base64url').slice(0, 16)
}

/** The sizes of a school's audiences, counted in its rosters: each as readAddressed() would find it. */
export const sizesOf = (rows: readonly RosterItem[]): SizesItem => {
  const active = rows.filter(row => !row.suspended)
  const rosters = new Map(roles.map(role => [role, active.filter(row => row.role === role)]))
  const sizes = Object.fromEntries(schoolKinds.map(kind => [kind, sizeOf(kind, rosters)]))
  return { ...sizes, members: membersOf(active) } as SizesItem
}
