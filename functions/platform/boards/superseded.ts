import { createHash } from 'node:crypto'
import { boardPath } from '../../../shared/kernel/board.ts'
import { minute } from '../../../shared/kernel/dates.ts'
import { supersededAccess } from '../access.ts'
import { type Clock, clock } from '../clock.ts'
import { forEachConcurrent } from '../concurrent.ts'
import { type Due, dueKey } from '../due.ts'
import { put, update } from '../operation.ts'
import { type BoardItem, platformPatterns } from '../patterns.ts'
import type { Table } from '../table.ts'
import type { BoardFiles } from './files.ts'
import { type RolesIn, renderIndexes } from './index-file.ts'
import { afterDeletion, deletable, retiredLifetime, withAbandoned } from './state.ts'

/** The kind of due items of superseded files; their subject is a school. */
const kind = 'boards'
const minuteMs = minute * 1000
/**
 * Minutes between two deletions of a school's superseded files. However much is published, a school has one due item in
 * these minutes: 4,000 schools have 400 a minute, of the 1,000 that a run of the clock does.
 */
const minutesBetween = 10
/** Boards whose state is written at a time. */
const boardConcurrency = 6
/** Times that boards are read anew, if some are rendered at the same moment. */
const mostAttempts = 5

/**
 * When the files that are superseded now are to be deleted, 5 to 15 minutes later. Schools are spread over the minutes.
 */
export const supersededDue = (uai: string, now: Date): Due => {
  const [first = 0] = createHash('sha256').update(uai).digest()
  const period = minutesBetween * minuteMs
  const offset = (first % minutesBetween) * minuteMs
  const at = Math.ceil((now.getTime() + retiredLifetime - offset) / period) * period + offset
  return { kind, subject: uai, at: new Date(at).toISOString() }
}

/**
 * The put of the due item. It comes before what makes it necessary, and not in one transaction with it: all boards of a school
 * that are rendered at one moment put the same item, and transactions on one item refuse each other. A due item without
 * files is harmless; files without one cannot be, for the item is due minutes after the transaction has ended.
 */
export const scheduleDeletion = (uai: string, now: Date) => {
  const due = supersededDue(uai, now)
  return put('deletion', platformPatterns.due, dueKey(due), due)
}

/**
 * Changes the lists of boards, each on condition that it is as it was read. @returns how many others changed meanwhile.
 */
const changeLists = async (
  table: Table<typeof supersededAccess>,
  uai: string,
  changes: readonly { readonly board: BoardItem; readonly lists: Partial<BoardItem> }[],
): Promise<number> => {
  let refused = 0
  await forEachConcurrent(
    changes,
    async ({ board: { audience, service, version }, lists }) => {
      const change = { set: { ...lists, version: version + 1 } }
      const args = { uai, audience, service }
      if (!(await table.applyIf(update('lists', platformPatterns.board, args, change, { is: { version } })))) refused++
    },
    boardConcurrency,
  )
  return refused
}

/**
 * What the clock does with the superseded files of a school: retires those that a rendering noted and then left, as where
 * its invocation ended; has the indexes put where one is outdated, deletes the files that are old enough, then notes in the
 * state of each board that they are deleted, on condition that it is as it was read. So no index names a file that is
 * deleted, also where the delivery that retired it failed in between. No rendering gives the name of a retired file again,
 * so that none of them can have become current meanwhile. Repeating it is harmless.
 */
export const supersededClock = (files: BoardFiles, rolesIn: RolesIn): Clock =>
  clock(supersededAccess, {
    kind,
    act: async ({ table, now }, { subject: uai }) => {
      for (let attempt = 1; attempt <= mostAttempts; attempt++) {
        const read = () => table.all(platformPatterns.boards, { uai }, { consistent: true })
        const before = await read()
        const abandoned = before.flatMap(board => {
          const lists = withAbandoned(board, now())
          return lists ? [{ board, lists }] : []
        })
        const left = await changeLists(table, uai, abandoned)
        const old = (abandoned.length > 0 ? await read() : before)
          .map(board => ({ board, gone: deletable(board, now()) }))
          .filter(({ gone }) => gone.length > 0)
        if (old.length === 0 && left === 0) return []
        await renderIndexes({ table, files }, uai, rolesIn)
        await files.remove(old.flatMap(({ board, gone }) => gone.map(file => boardPath(board.audience, file))))
        const changes = old.map(({ board, gone }) => ({ board, lists: afterDeletion(board, gone, now()) }))
        const refused = left + (await changeLists(table, uai, changes))
        if (refused === 0) return []
      }
      throw new Error('boards were rendered at each attempt to note that their files are deleted')
    },
  })
