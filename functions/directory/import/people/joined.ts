import type { PersonRecord } from '../../record.ts'
import type { Contacts } from '../joined/contacts.ts'

type Pupil = PersonRecord['pupil']
type Staff = PersonRecord['staff']

const union = <Value>(a: readonly Value[], b: readonly Value[]): Value[] => [
  ...new Map([...a, ...b].map(value => [JSON.stringify(value), value])).values(),
]

const joinedPupil = (a: Pupil, b: Pupil): Pupil =>
  a && b
    ? {
        ...a,
        ...((a.terms ?? b.terms) && { terms: union(a.terms ?? [], b.terms ?? []) }),
        at: union(a.at, b.at),
        groups: union(a.groups, b.groups),
        guardians: union(a.guardians, b.guardians),
      }
    : (a ?? b)

const joinedStaff = (a: Staff, b: Staff): Staff =>
  a && b
    ? {
        at: union(a.at, b.at),
        functions: union(a.functions, b.functions),
        category: a.category || b.category,
        presence: a.presence || b.presence,
        roles: union(a.roles, b.roles),
        groups: union(a.groups, b.groups),
      }
    : (a ?? b)

const joinedContacts = (a: Contacts | undefined, b: Contacts | undefined): Contacts | undefined => {
  if (!a || !b) return a ?? b
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Contacts)[]
  return Object.fromEntries(kinds.map(kind => [kind, union(a[kind] ?? [], b[kind] ?? [])]))
}

/** What two rows say of one person, who is described in one row a school. */
export const joined = (a: PersonRecord, b: PersonRecord): PersonRecord => {
  const pupil = joinedPupil(a.pupil, b.pupil)
  const staff = joinedStaff(a.staff, b.staff)
  const pupils = union(a.pupils ?? [], b.pupils ?? [])
  const contacts = joinedContacts(a.contacts, b.contacts)
  return {
    givenName: a.givenName,
    familyName: a.familyName,
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...(contacts && { contacts }),
    ...((a.guardian || b.guardian) && { guardian: true as const }),
    ...(pupils.length > 0 && { pupils }),
  }
}
