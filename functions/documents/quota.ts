import { directoryPatterns } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import type { Table } from '../platform/table.ts'
import type { Caller } from '../platform/token.ts'
import { type Limits, ownQuota } from './limits.ts'
import type { MemberOf } from './relations.ts'

const quotaAccess = uses({ get: [directoryPatterns.group] })

/** The bytes that a space takes. */
export const quotaOf = async (
  table: Table<typeof quotaAccess>,
  space: MemberOf,
  { roles }: Pick<Caller, 'roles'>,
  limits: Limits,
): Promise<number> => {
  if (space.kind === 'own') return ownQuota(limits, roles)
  const group = space.group === undefined ? undefined : await table.get(directoryPatterns.group, { group: space.group })
  return limits[group?.kind ?? 'class']
}
