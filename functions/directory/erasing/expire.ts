import type { Table } from '../../platform/table.ts'
import type { PersonItem } from '../audiences.ts'
import type { erasingAccess } from './access.ts'
import { orderErasure } from './order.ts'

/** Orders that somebody is erased who left until an instant, unless a feed describes or names them still. */
export const expirePerson = async (
  table: Table<typeof erasingAccess>,
  person: PersonItem,
  { now, leftUntil }: { readonly now: Date; readonly leftUntil: string },
): Promise<boolean> => {
  const { status, suspendedAt } = person
  if (status !== 'suspended' || suspendedAt === undefined) return false
  if (suspendedAt > leftUntil) return false
  return (await orderErasure(table, person, 'time', now)) === undefined
}
