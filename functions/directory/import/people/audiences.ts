import type { AudienceKind } from '../../../../shared/kernel/audience.ts'
import type { Role } from '../../../../shared/kernel/role.ts'
import { audienceId, type PersonItem } from '../../audiences.ts'
import type { GroupRef } from '../../record.ts'

type Audience = PersonItem['audiences'][number]

/** A guardian's child, in one school. */
export type ChildIn = { readonly id: string; readonly groups: readonly GroupRef[] }

const ofSchool = (kind: AudienceKind, uai: string, label: string): Audience => ({
  id: audienceId(kind, uai),
  kind,
  uai,
  label,
})

const ofGroup = (kind: AudienceKind, { id, uai, name }: GroupRef): Audience => ({
  id: audienceId(kind, id),
  kind,
  uai,
  label: name,
  group: id,
})

const ofGuardian = (uai: string, label: string, children: readonly ChildIn[]): Audience[] => {
  const all = children.map(child => child.id)
  const groups = new Map(children.flatMap(child => child.groups).map(group => [group.id, group]))
  return [
    { ...ofSchool('school', uai, label), children: all },
    { ...ofSchool('guardians', uai, label), children: all },
    ...[...groups.values()].map(group => ({
      ...ofGroup('class-guardians', group),
      children: children.filter(child => child.groups.some(one => one.id === group.id)).map(child => child.id),
    })),
  ]
}

/** The audiences of one role in one school: what the person reads there. */
export const audiencesOf = (
  role: Role,
  uai: string,
  label: string,
  groups: readonly GroupRef[],
  children: readonly ChildIn[],
): Audience[] => {
  const school = (...kinds: AudienceKind[]) => kinds.map(kind => ofSchool(kind, uai, label))
  switch (role) {
    case 'pupil':
      return [...school('school', 'pupils'), ...groups.map(group => ofGroup('class', group))]
    case 'guardian':
      return ofGuardian(uai, label, children)
    case 'teacher':
      return [
        ...school('school', 'teachers', 'adults'),
        ...groups.flatMap(group => [ofGroup('class', group), ofGroup('class-guardians', group)]),
      ]
    default:
      return school('school', 'adults')
  }
}

/** Each audience once; where two roles give the same, the one that lists children. */
export const eachOnce = (audiences: readonly Audience[]): Audience[] => {
  const found = new Map<string, Audience>()
  for (const audience of audiences) {
    const known = found.get(audience.id)
    if (!known || (!known.children && audience.children)) found.set(audience.id, audience)
  }
  return [...found.values()]
}
