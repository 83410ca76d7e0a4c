import type { SchoolRole } from '../../../../shared/kernel/role.ts'
import type { PersonRecord } from './record.ts'

/** Places a person has in schools, as feeds state them that say who takes up or gives up which. */
export type Places = {
  /** Schools they are enrolled in, by UAI. */
  readonly pupil: readonly string[]
  readonly staff: readonly SchoolRole[]
  readonly guardian: boolean
}

export const nowhere: Places = { pupil: [], staff: [], guardian: false }

const pupilMoved = (held: PersonRecord['pupil'], gain: Places, lose: Places): PersonRecord['pupil'] => {
  const lost = lose.pupil.filter(uai => !gain.pupil.includes(uai))
  const at = [...new Set([...(held?.at ?? []).filter(uai => !lost.includes(uai)), ...gain.pupil])]
  const groups = (held?.groups ?? []).filter(group => !lost.includes(group.uai))
  return at.length + groups.length > 0 ? { at, groups, guardians: held?.guardians ?? [] } : undefined
}

const staffMoved = (held: PersonRecord['staff'], gain: Places, lose: Places): PersonRecord['staff'] => {
  const among = (roles: readonly SchoolRole[], one: SchoolRole) =>
    roles.some(({ uai, role }) => uai === one.uai && role === one.role)
  const kept = (held?.roles ?? []).filter(one => !among(lose.staff, one))
  const roles = [...kept, ...gain.staff.filter(one => !among(kept, one))]
  if (roles.length === 0) return undefined
  const at = [...new Set(roles.map(one => one.uai))]
  // Who no longer teaches in a school has no classes there.
  const taught = new Set(roles.flatMap(({ uai, role }) => (role === 'teacher' ? [uai] : [])))
  const left = new Set(lose.staff.flatMap(({ uai, role }) => (role === 'teacher' && !taught.has(uai) ? [uai] : [])))
  const groups = (held?.groups ?? []).filter(group => at.includes(group.uai) && !left.has(group.uai))
  const none = { functions: [], category: false, presence: false }
  return { ...none, ...held, at, roles, groups }
}

/** `held` (none for a person not yet known) after what they gave up, and then took up. */
export const moved = (held: PersonRecord | undefined, gain: Places, lose: Places): PersonRecord => {
  const pupil = pupilMoved(held?.pupil, gain, lose)
  const staff = staffMoved(held?.staff, gain, lose)
  const guardian = gain.guardian || (held?.guardian && !lose.guardian)
  return {
    ...{ givenName: held?.givenName ?? '', familyName: held?.familyName ?? '' },
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...(guardian && { guardian: true as const }),
  }
}
