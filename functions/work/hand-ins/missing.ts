import { directoryPatterns } from '../../directory/audiences.ts'
import { uses } from '../../platform/access.ts'
import type { Table } from '../../platform/table.ts'
import type { PieceItem } from '../patterns.ts'
import { handInPatterns } from './patterns.ts'

const missingAccess = uses({ query: [directoryPatterns.groupMembers, handInPatterns.handInsOf] })

/** The pupils of an assignment's class who have handed nothing in. */
export const missingOf = async (
  table: Table<typeof missingAccess>,
  { id: piece, group }: Pick<PieceItem, 'id' | 'group'>,
): Promise<readonly string[]> => {
  const [handIns, members] = await Promise.all([
    table.all(handInPatterns.handInsOf, { piece }, { consistent: true }),
    table.all(directoryPatterns.groupMembers, { group: group.id, role: 'pupil' }),
  ])
  const handedIn = new Set(handIns.flatMap(({ person, versions }) => (versions > 0 ? [person] : [])))
  return members.flatMap(({ person, suspended }) => (suspended || handedIn.has(person) ? [] : [person]))
}
