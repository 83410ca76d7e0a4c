import { schoolsInCharge } from '../../../shared/kernel/charge.ts'
import type { SchoolRole } from '../../../shared/kernel/role.ts'

type Roles = { readonly roles: readonly SchoolRole[] }

/** True for those who run every school that somebody was in: nobody erases what another school's people look after. */
export const runsAllOf = (by: Roles, of: Roles): boolean =>
  schoolsInCharge(by.roles, of.roles).length === new Set(of.roles.map(({ uai }) => uai)).size
