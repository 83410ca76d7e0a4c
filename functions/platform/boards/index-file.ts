import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import {
  BoardIndex,
  type IndexRole,
  type IndexShapes,
  indexCache,
  indexPath,
  indexRoleOf,
  indexRoles,
  indexShapes,
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
  readonly files: Pick<BoardFiles, 'get' | 'put' | 'untilPutAgain'>
  /** The shapes in which indexes are put; those of this release unless a test says otherwise. */
  readonly shapes?: IndexShapes | undefined
}

/** Of them, each may wait for a second. */
const mostAttempts = 12
/** Milliseconds before the next attempt, at most; it grows with each one. */
const firstPauseMs = 50

/** The index of one role from the boards of a school: only audiences that the role can hold. */
const indexOf = (
  school: BoardIndex['school'],
  boards: readonly BoardItem[],
  role: IndexRole,
  rolesIn: RolesIn,
): BoardIndex => {
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
  return z.parse(BoardIndex, { school, poll: pollSeconds, audiences })
}

/** An index file: of a role, in one shape. */
type IndexFile = { readonly path: string; readonly role: IndexRole; readonly write: (index: BoardIndex) => unknown }

const filesOf = (uai: string, { current, former }: IndexShapes): readonly IndexFile[] => {
  const shapes = [{ shape: current, downgrade: (index: BoardIndex): unknown => index }, ...former]
  return indexRoles.flatMap(role =>
    shapes.map(({ shape, downgrade }) => ({ path: indexPath(uai, role, shape), role, write: downgrade })),
  )
}

/** The paths of a school's indexes in shapes that are not put any more. */
export const droppedIndexes = (uai: string, { current, former }: IndexShapes = indexShapes): readonly string[] =>
  Array.from({ length: current - 1 }, (_, at) => at + 1)
    .filter(shape => !former.some(one => one.shape === shape))
    .flatMap(shape => indexRoles.map(role => indexPath(uai, role, shape)))

/**
 * Puts the indexes of a school, one a role and shape. Each is rendered from rows that are read after the file it replaces, and put
 * on condition that the file is still that one: so the last one put has seen every board that was made before it. Files
 * that would not change are left, and one that was put less than a second ago is put when that has passed: however many
 * environments render boards of the school at one moment, what they made meanwhile is in one put.
 */
export const renderIndexes = async (
  { table, files, shapes = indexShapes }: Indexes,
  uai: string,
  rolesIn: RolesIn,
): Promise<void> => {
  let waiting = filesOf(uai, shapes)
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const before = new Map(await Promise.all(waiting.map(async ({ path }) => [path, await files.get(path)] as const)))
    const [school, boards] = await Promise.all([
      table.get(platformPatterns.boardSchool, { uai }, { consistent: true }),
      table.all(platformPatterns.boards, { uai }, { consistent: true }),
    ])
    const named = { uai, name: school?.name ?? uai, ...(school?.town !== undefined && { town: school.town }) }
    const changed = waiting.flatMap(file => {
      const body = JSON.stringify(file.write(indexOf(named, boards, file.role, rolesIn)))
      const was = before.get(file.path)
      return was?.body === body ? [] : [{ file, body, was }]
    })
    const early = Math.max(0, ...changed.map(({ was }) => (was ? files.untilPutAgain(was) : 0)))
    if (early > 0) {
      waiting = changed.map(({ file }) => file)
      // What others make of it meanwhile is read then, and may be all that there is to put.
      await sleep(early)
      continue
    }
    const refused = await Promise.all(
      changed.map(async ({ file, body, was }) => ((await files.put(file.path, body, indexCache, was)) ? [] : [file])),
    )
    waiting = refused.flat()
    if (waiting.length === 0) return
    await sleep(firstPauseMs * attempt * (0.5 + Math.random() / 2))
  }
  throw new Error('an index was changed by others at each attempt to put it')
}
