import type { SchoolRole } from '../../../../shared/kernel/role.ts'
import type { PersonRecord } from '../../patterns.ts'

/** What a person is in which schools, as feeds state it that say who takes up or gives up which post. */
export type Posts = {
  /** Schools they are enrolled in, by UAI. */
  readonly pupil: readonly string[]
  readonly staff: readonly SchoolRole[]
  readonly guardian: boolean
}

export const noPosts: Posts = { pupil: [], staff: [], guardian: false }

const pupilMoved = (before: PersonRecord['pupil'], gain: Posts, lose: Posts): PersonRecord['pupil'] => {
  const lost = lose.pupil.filter(uai => !gain.pupil.includes(uai))
  const at = [...new Set([...(before?.at ?? []).filter(uai => !lost.includes(uai)), ...gain.pupil])]
  const groups = (before?.groups ?? []).filter(group => !lost.includes(group.uai))
  return at.length + groups.length > 0 ? { guardians: [], ...before, at, groups } : undefined
}

const staffMoved = (before: PersonRecord['staff'], gain: Posts, lose: Posts): PersonRecord['staff'] => {
  const among = (roles: readonly SchoolRole[], one: SchoolRole) =>
    roles.some(({ uai, role }) => uai === one.uai && role === one.role)
  const remaining = (before?.roles ?? []).filter(one => !among(lose.staff, one))
  const roles = [...remaining, ...gain.staff.filter(one => !among(remaining, one))]
  if (roles.length === 0) return undefined
  const at = [...new Set(roles.map(one => one.uai))]
  // Who no longer teaches in a school has no classes there.
  const taught = new Set(roles.flatMap(({ uai, role }) => (role === 'teacher' ? [uai] : [])))
  const left = new Set(lose.staff.flatMap(({ uai, role }) => (role === 'teacher' && !taught.has(uai) ? [uai] : [])))
  const groups = (before?.groups ?? []).filter(group => at.includes(group.uai) && !left.has(group.uai))
  const none = { functions: [], category: false, presence: false }
  return { ...none, ...before, at, roles, groups }
}

/** `before` (none for a person not yet known) without the posts they gave up, and with those they took up. */
export const moved = (before: PersonRecord | undefined, gain: Posts, lose: Posts): PersonRecord => {
  const pupil = pupilMoved(before?.pupil, gain, lose)
  const staff = staffMoved(before?.staff, gain, lose)
  const guardian = gain.guardian || (before?.guardian && !lose.guardian)
  return {
    givenName: before?.givenName ?? '',
    familyName: before?.familyName ?? '',
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...(guardian && { guardian: true as const, ...(before?.pupils && { pupils: before.pupils }) }),
  }
}
