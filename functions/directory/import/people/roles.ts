import type { Role } from '../../../../shared/kernel/role.ts'
import type { PersonRecord } from './record.ts'

/** AAF function codes (nomenclature "fonction") that make more than a member of staff. */
const functionRoles: Readonly<Record<string, Role>> = {
  DIR: 'head',
  EDU: 'pupil-life',
  ENS: 'teacher',
  DOC: 'teacher',
}

const staffRolesIn = (uai: string, staff: NonNullable<PersonRecord['staff']>): Role[] => {
  const codes = staff.functions.filter(one => one.startsWith(`${uai}$`)).map(one => one.slice(uai.length + 1))
  const held = new Set<Role>([
    ...codes.flatMap(code => functionRoles[code] ?? []),
    ...staff.roles.filter(one => one.uai === uai).map(one => one.role),
  ])
  const teaches = staff.groups.some(group => group.uai === uai)
  // A head of a primary school usually has a class; classes of a CPE are those they look after.
  if (!held.has('pupil-life') && (teaches || (!held.has('head') && (staff.category || staff.presence))))
    held.add('teacher')
  return held.size > 0 ? [...held] : ['staff']
}

/** The schools a facet of a person puts them in. */
const schoolsOf = (facet: { at: readonly string[]; groups: readonly { uai: string }[] }): string[] => [
  ...new Set([...facet.at, ...facet.groups.map(group => group.uai)]),
]

const staffSchools = (staff: NonNullable<PersonRecord['staff']>): string[] => [
  ...new Set([
    ...schoolsOf(staff),
    ...staff.functions.map(one => one.split('$')[0] ?? ''),
    ...staff.roles.map(one => one.uai),
  ]),
]

/** Foremost first: in which role a person is shown where only one is. */
const order: readonly Role[] = ['head', 'pupil-life', 'teacher', 'staff', 'administrator', 'guardian', 'pupil']

/** The roles that follow from a record alone: guardians hold theirs by their children. By school, foremost first. */
export const ownRoles = (record: PersonRecord): Map<string, Role[]> => {
  const roles = new Map<string, Role[]>()
  const add = (uai: string, role: Role) => roles.set(uai, [...(roles.get(uai) ?? []), role])
  for (const uai of record.pupil ? schoolsOf(record.pupil) : []) add(uai, 'pupil')
  for (const uai of record.staff ? staffSchools(record.staff) : [])
    for (const role of record.staff ? staffRolesIn(uai, record.staff) : []) add(uai, role)
  return roles
}

export const foremostFirst = (roles: Iterable<Role>): Role[] =>
  [...new Set(roles)].sort((a, b) => order.indexOf(a) - order.indexOf(b))
