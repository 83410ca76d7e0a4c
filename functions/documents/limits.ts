import * as z from 'zod/mini'
import type { Role } from '../../shared/kernel/role.ts'
import { roles } from '../../shared/kernel/role.ts'

const Bytes = z.int().check(z.minimum(1))

/** How much room there is, in bytes: from the territory's entry (lib/territories.ts). */
export const Limits = z.object({
  largest: Bytes,
  own: z.record(z.enum(roles), Bytes),
  class: Bytes,
  group: Bytes,
})
export type Limits = z.infer<typeof Limits>

/** Entries of a space: all are read by a search, and for the board. */
export const mostEntries = 2_000

/** What somebody's own space takes: the most that one of their roles gives. */
export const ownQuota = ({ own }: Limits, held: readonly { readonly role: Role }[]): number =>
  Math.max(...held.map(({ role }) => own[role]), own.pupil)
