import type { SchoolRole } from '../../../../shared/kernel/role.ts'
import type { Period, PersonRecord } from '../../record.ts'
import { isDated } from './dated.ts'

/** A school somebody is enrolled in, and from when to when. */
export type Term = { readonly uai: string } & Period
/** A role in a school, and from when to when. */
export type DatedRole = SchoolRole & Period

/** What a person is in which schools, as feeds state it that say who takes up or gives up which post. */
export type Posts = {
  readonly pupil: readonly Term[]
  readonly staff: readonly DatedRole[]
  readonly guardian: boolean
  /** When they are a guardian; absent: always. */
  readonly guardianTerms?: readonly Period[]
}

export const noPosts: Posts = { pupil: [], staff: [], guardian: false }

const pupilMoved = (before: PersonRecord['pupil'], gain: Posts, lose: Posts): PersonRecord['pupil'] => {
  // What is said of a school takes the place of what was said of it.
  const gained = new Set(gain.pupil.map(one => one.uai))
  const lost = lose.pupil.map(one => one.uai).filter(uai => !gained.has(uai))
  const isKept = (uai: string) => !gained.has(uai) && !lost.includes(uai)
  const undated = gain.pupil.filter(one => !isDated(one)).map(one => one.uai)
  const at = [...new Set([...(before?.at ?? []).filter(isKept), ...undated])]
  const terms = [...(before?.terms ?? []).filter(one => isKept(one.uai)), ...gain.pupil.filter(isDated)]
  const groups = (before?.groups ?? []).filter(group => !lost.includes(group.uai))
  const { terms: _, ...rest } = before ?? { guardians: [] }
  return at.length + terms.length + groups.length > 0
    ? { ...rest, at, groups, ...(terms.length > 0 && { terms }) }
    : undefined
}

const staffMoved = (before: PersonRecord['staff'], gain: Posts, lose: Posts): PersonRecord['staff'] => {
  const among = (roles: readonly DatedRole[], one: SchoolRole) =>
    roles.some(({ uai, role }) => uai === one.uai && role === one.role)
  const remaining = (before?.roles ?? []).filter(one => !among(lose.staff, one) && !among(gain.staff, one))
  const roles = [...remaining, ...gain.staff]
  if (roles.length === 0) return undefined
  const at = [...new Set(roles.filter(one => !isDated(one)).map(one => one.uai))]
  const anywhere = new Set(roles.map(one => one.uai))
  // Who no longer teaches in a school has no classes there.
  const taught = new Set(roles.flatMap(({ uai, role }) => (role === 'teacher' ? [uai] : [])))
  const left = new Set(lose.staff.flatMap(({ uai, role }) => (role === 'teacher' && !taught.has(uai) ? [uai] : [])))
  const groups = (before?.groups ?? []).filter(group => anywhere.has(group.uai) && !left.has(group.uai))
  const none = { functions: [], category: false, presence: false }
  return { ...none, ...before, at, roles, groups }
}

/** `before` (none for a person not yet known) without the posts they gave up, and with those they took up. */
export const moved = (before: PersonRecord | undefined, gain: Posts, lose: Posts): PersonRecord => {
  const pupil = pupilMoved(before?.pupil, gain, lose)
  const staff = staffMoved(before?.staff, gain, lose)
  const guardian = gain.guardian || (before?.guardian && !lose.guardian)
  const guardianTerms = gain.guardian ? gain.guardianTerms : before?.guardianTerms
  return {
    givenName: before?.givenName ?? '',
    familyName: before?.familyName ?? '',
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...(guardian && guardianTerms && guardianTerms.length > 0 && { guardianTerms: [...guardianTerms] }),
    ...(guardian && { guardian: true as const, ...(before?.pupils && { pupils: before.pupils }) }),
  }
}
