import type { Role, SchoolRole } from '../../../../shared/kernel/role.ts'
import type { PersonRecord } from '../../record.ts'

/** The code under which a record's functions hold that somebody heads a school, where a feed says so besides them. */
export const directing = 'HEAD'

type Staff = NonNullable<PersonRecord['staff']>

/** AAF function codes (nomenclature "fonction") of roles other than `staff`. */
const functionRoles: Readonly<Record<string, Role>> = {
  DIR: 'head',
  [directing]: 'head',
  EDU: 'pupil-life',
  CPE: 'pupil-life',
  AED: 'pupil-life',
  SUR: 'pupil-life',
  ENS: 'teacher',
  DOC: 'teacher',
}

const teaches = (code: string): boolean => functionRoles[code] === 'teacher'

/** A code that says nothing of what somebody does: "sans objet". */
const isSilent = (code: string): boolean => code === '-' || code === directing

/** Being a teacher by category, or before pupils, is of the schools in which no other function says what they do. */
const teachesByCategory = (codes: readonly string[], { category, presence, functions }: Staff): boolean =>
  (category || presence) && (codes.every(isSilent) || !functions.some(one => teaches(one.slice(one.indexOf('$') + 1))))

const staffRolesIn = (uai: string, staff: Staff): Role[] => {
  const codes = staff.functions.filter(one => one.startsWith(`${uai}$`)).map(one => one.slice(uai.length + 1))
  const found = new Set<Role>([
    ...codes.flatMap(code => functionRoles[code] ?? []),
    ...staff.roles.filter(one => one.uai === uai).map(one => one.role),
  ])
  const hasGroups = staff.groups.some(group => group.uai === uai)
  // A head of a primary school usually has a class too; the classes of a CPE are not taught by them.
  if (!found.has('pupil-life') && (hasGroups || (!found.has('head') && teachesByCategory(codes, staff))))
    found.add('teacher')
  return found.size > 0 ? [...found] : ['staff']
}

/** The schools that a person is in as a pupil, or as staff. */
const schoolsOf = (facet: { at: readonly string[]; groups: readonly { uai: string }[] }): string[] => [
  ...new Set([...facet.at, ...facet.groups.map(group => group.uai)]),
]

const staffSchools = (staff: Staff): string[] => [
  ...new Set([
    ...schoolsOf(staff),
    ...staff.functions.map(one => one.split('$')[0] ?? ''),
    ...staff.roles.map(one => one.uai),
  ]),
]

/** By rank: where only one role of a person is shown, it is the first of these. */
const order: readonly Role[] = ['head', 'pupil-life', 'teacher', 'staff', 'administrator', 'guardian', 'pupil']

/** The roles that follow from a record alone, by school; a guardian's follow from their children. */
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

/** True if one of the roles is neither a pupil's nor a guardian's. */
export const isOfStaff = (roles: readonly SchoolRole[]): boolean =>
  roles.some(({ role }) => role !== 'pupil' && role !== 'guardian')
