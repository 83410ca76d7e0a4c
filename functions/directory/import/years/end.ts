import type { Table } from '../../../platform/table.ts'
import type { dueAccess } from '../../access.ts'
import { directoryPatterns } from '../../audiences.ts'
import { importPatterns } from '../../patterns.ts'
import { consistent } from '../stored.ts'
import { groupRemovals, isOver } from '../write-groups.ts'

type EndTable = Table<typeof dueAccess>

/** Whether anybody is in a group still: a delta may have ended a term earlier than the records of its people say. */
const isEmpty = async (table: EndTable, group: string): Promise<boolean> => {
  for (const role of ['pupil', 'teacher'] as const) {
    const page = await table.list(directoryPatterns.groupMembers, { group, role }, { limit: 1, consistent: true })
    if (!page.ok || page.value.items.length > 0) return false
  }
  return true
}

/**
 * Closes the classes of a school whose terms are over, once their people are out of them: they leave the school's list, and
 * nothing can be published to them any more. Whoever was in one has kept what was written to it (close.ts).
 */
export const closeEnded = async (table: EndTable, uai: string, today: string): Promise<void> => {
  for (const group of await table.all(importPatterns.schoolGroups, { uai }, consistent)) {
    if (!isOver(group, today) || !(await isEmpty(table, group.group))) continue
    const { others, last } = groupRemovals(group)
    await table.writeMany(others)
    await table.writeMany([last])
  }
}
