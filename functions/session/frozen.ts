import { isPost } from '../../shared/kernel/charge.ts'
import type { PersonItem } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import { type FreezeItem, platformPatterns } from '../platform/patterns.ts'
import type { Table } from '../platform/table.ts'

const freezeAccess = uses({ get: [platformPatterns.freeze] })

/** The freeze of a person's account, if it is frozen: asked only of those who can be, who work in a school. */
export const readFreeze = async (
  table: Table<typeof freezeAccess>,
  { id, roles }: Pick<PersonItem, 'id' | 'roles'>,
): Promise<FreezeItem | undefined> =>
  roles.some(isPost) ? table.get(platformPatterns.freeze, { person: id }) : undefined
