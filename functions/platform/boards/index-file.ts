import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import {
  BoardIndex,
  type IndexRole,
  indexCache,
  indexPath,
  indexRoleOf,
  indexRoles,
  pollSeconds,
} from '../../../shared/kernel/board.ts'
import type { Role } from '../../../shared/kernel/role.ts'
import type { indexAccess } from '../access.ts'
import { type BoardItem, platformPatterns } from '../patterns.ts'
import type { Table } from '../table.ts'
import type { BoardFiles } from './files.ts'

/** The roles whose people an audience of this kind holds. */
export type RolesIn = (kind: string) => readonly Role[]

/** What rendering the indexes of a school needs. */
export type Indexes = {
  readonly table: Table<typeof indexAccess>
  readonly files: Pick<BoardFiles, 'get' | 'put'>
}

const mostAttempts = 8
/** Milliseconds before the next attempt, at most; it grows with each one. */
const firstPauseMs = 50

/** The index of one role from the boards of a school: only audiences that the role can hold. */
const indexOf = (
  school: BoardIndex['school'],
  boards: readonly BoardItem[],
  role: IndexRole,
  rolesIn: RolesIn,
): string => {
  const held = boards.filter(({ kind }) => rolesIn(kind).some(one => indexRoleOf(one) === role))
  const audiences = [...Map.groupBy(held, ({ audience }) => audience)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, [first, ...more]]) => ({
      id,
      kind: first?.kind ?? '',
      label: first?.label ?? '',
      ...(first?.group !== undefined && { group: first.group }),
      boards: [first, ...more].flatMap(one => one?.file ?? []).sort(),
    }))
  return JSON.stringify(z.parse(BoardIndex, { school, poll: pollSeconds, audiences }))
}

/**
 * Puts the indexes of a school, one a role. Each is rendered from rows that are read after the file it replaces, and put
 * on condition that the file is still that one: so the last one put has seen every board that was made before it. Files
 * that would not change are left.
 */
export const renderIndexes = async ({ table, files }: Indexes, uai: string, rolesIn: RolesIn): Promise<void> => {
  let waiting: readonly IndexRole[] = indexRoles
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const before = new Map(
      await Promise.all(waiting.map(async role => [role, await files.get(indexPath(uai, role))] as const)),
    )
    const [school, boards] = await Promise.all([
      table.get(platformPatterns.boardSchool, { uai }, { consistent: true }),
      table.all(platformPatterns.boards, { uai }, { consistent: true }),
    ])
    const named = { uai, name: school?.name ?? uai, ...(school?.town !== undefined && { town: school.town }) }
    const refused = await Promise.all(
      waiting.map(async role => {
        const body = indexOf(named, boards, role, rolesIn)
        const was = before.get(role)
        if (was?.body === body || (await files.put(indexPath(uai, role), body, indexCache, was))) return []
        return [role]
      }),
    )
    waiting = refused.flat()
    if (waiting.length === 0) return
    await sleep(firstPauseMs * attempt * (0.5 + Math.random() / 2))
  }
  throw new Error('an index was changed by others at each attempt to put it')
}
