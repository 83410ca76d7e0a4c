import * as z from 'zod/mini'
import { decisionKinds } from '../../shared/directory/person-page.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { territoryRoles } from '../../shared/kernel/role.ts'
import { many, one } from '../platform/pattern.ts'

/** What the table holds of what people granted and decided by hand, whatever feeds say. */

/** Who administers a school by the operator's decision, whatever feeds say. */
const AdministratorGrant = z.object({ person: z.string(), uai: z.string(), at: Instant })

/** Who has a role of the territory by the operator's decision, whatever feeds say. */
const TerritoryGrant = z.object({ person: z.string(), role: z.enum(territoryRoles), at: Instant })

/**
 * What an administrator decided of one adult's access to one child, whatever feeds say: host families, children in care,
 * a pupil of age whose parents stop reading.
 */
const Decision = z.object({
  adult: z.string(),
  child: z.string(),
  kind: z.enum(decisionKinds),
  /** The school in which it was decided. */
  uai: z.string(),
  reason: z.string(),
  /** The last day it holds. Absent: until it is taken back. */
  until: z.optional(z.string()),
  /** That day has passed. */
  over: z.optional(z.boolean()),
  at: Instant,
  by: z.string(),
  actor: z.string(),
})
export type Decision = z.infer<typeof Decision>

const grantCost = { reads: '0.5, by imports', writes: '1, by the operator', hottest: 'none' } as const

/** Roles that the operator grants and ends by hand. Imports compose them into people's items. */
export const grantPatterns = {
  administrators: many('S#{uai}', 'GRANT#administrator#', AdministratorGrant, grantCost),
  administrator: one('S#{uai}', 'GRANT#administrator#{person}', AdministratorGrant, grantCost),
  decisions: many('TERRITORY', 'ACCESS#', Decision, {
    reads: '1 for 10, by imports and pages of people',
    hottest: 'none: a few hundred of a territory, a few pages an hour',
  }),
  decision: one('TERRITORY', 'ACCESS#{adult}#{child}', Decision, {
    reads: '0.5',
    writes: '1 a decision',
    hottest: 'none',
  }),
  ofTerritory: many('TERRITORY', 'GRANT#', TerritoryGrant, grantCost),
  territoryRole: one('TERRITORY', 'GRANT#{role}#{person}', TerritoryGrant, grantCost),
} as const
