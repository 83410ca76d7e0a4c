import * as z from 'zod/mini'
import { boardCache, boardPath, type IndexShapes } from '../../../shared/kernel/board.ts'
import type { boardsAccess } from '../access.ts'
import { forEachConcurrent } from '../concurrent.ts'
import { put, update } from '../operation.ts'
import { type BoardItem, platformPatterns } from '../patterns.ts'
import type { Background } from '../platform.ts'
import type { Table } from '../table.ts'
import type { BoardFiles } from './files.ts'
import type { BoardRenderer } from './renderer.ts'
import { naming, renderedState, takenNames, unnoted, withNoted } from './state.ts'
import { scheduleDeletion, supersededDue } from './superseded.ts'

/** What rendering needs. `secret`: names files, so that nobody can guess or compare them. */
export type Boards = {
  readonly table: Table<typeof boardsAccess>
  readonly files: BoardFiles
  readonly secret: () => Promise<string>
  readonly now: () => Date
  readonly shapes?: IndexShapes | undefined
}

export type RenderOptions = {
  /** Something was taken away: files of earlier states are deleted as soon as the index no longer names them. */
  readonly purge: boolean
  /** Put every file, also those that are thought to be there: after the bucket was lost. */
  readonly anew?: boolean
}

/** The school of a rendered board, and the files to delete once the school's index is put. */
export type Rendered = { readonly uai: string; readonly obsolete: readonly string[] }

/** Renderings of one board before it is left to the stream's retry: others render it at the same moment. */
const mostAttempts = 8

type Naming = ReturnType<typeof naming>
type Args = { readonly uai: string; readonly audience: string; readonly service: string }
/** What an index tells of an audience. */
type Told = Pick<BoardItem, 'audience' | 'service' | 'kind' | 'label' | 'group'>

/**
 * Notes in a board's state which files are about to be put, so that the clock finds them where this invocation ends before
 * they are current; the due item comes first. A board that has no state yet gets that of an empty one, whose file says
 * nothing. Gives the state as it is then; undefined if others changed it meanwhile.
 */
const notePuts = async (
  { table, files }: Boards,
  args: Args,
  told: Told,
  before: BoardItem | undefined,
  fresh: readonly string[],
  empty: { readonly file: string; readonly body: string },
  at: Date,
): Promise<BoardItem | undefined> => {
  if (before) {
    const names = unnoted(before, fresh, at)
    if (names.length === 0) return before
    const changed = { putting: withNoted(before, names, at), version: before.version + 1 }
    const is = { version: before.version }
    const done = await table.applyIf(update('noted', platformPatterns.board, args, { set: changed }, { is }))
    return done ? { ...before, ...changed } : undefined
  }
  await files.put(boardPath(args.audience, empty.file), empty.body, boardCache, undefined)
  const putting = fresh.map(file => ({ file, at: at.toISOString() }))
  const first = { ...told, file: empty.file, parts: {}, retired: [], deleted: [], putting, version: 1 }
  const done = await table.transact([put('board', platformPatterns.board, args, first, { absent: true })])
  return done.ok ? first : undefined
}

/**
 * Renders the board of one audience: reads the rows, puts the files that are new, then makes them the current ones, on
 * condition that nobody did so since the state was read. Repeating it is harmless. Undefined if the audience has no board:
 * it does not exist any more, is of a kind without one, or nothing was ever there.
 */
export const renderBoard = async (
  boards: Boards,
  { board, render, empty }: BoardRenderer,
  background: Background,
  audience: string,
  { purge, anew = false }: RenderOptions,
): Promise<Rendered | undefined> => {
  const { table, files, secret, now } = boards
  let scheduled: string | undefined
  const schedule = async (uai: string, at: Date) => {
    const due = supersededDue(uai, at).at
    if (due !== scheduled) await table.writeMany([scheduleDeletion(uai, at)])
    scheduled = due
  }
  const { service } = board
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const of = await table.get(platformPatterns.boardAudience, { audience }, { consistent: true })
    if (!of || !board.audiences.includes(of.kind)) return undefined
    const args = { uai: of.uai, audience, service }
    const before = await table.get(platformPatterns.board, args, { consistent: true })
    const taken = takenNames(before)
    const nameOf: Naming = naming(board, audience, await secret(), taken)
    const parts: Record<string, string> = {}
    const fresh = new Map<string, string>()
    const content = await render(background, {
      audience,
      part: async (part, key, make) => {
        const name = key === undefined ? part : `${part} ${key}`
        const known = key === undefined || anew ? undefined : before?.parts[name]
        const isCurrent = known?.startsWith(`${service}-${part}.${board.shape}.`) && !taken.has(known)
        if (known && isCurrent) {
          parts[name] = known
          return known
        }
        const body = JSON.stringify(z.parse(board.parts[part] as z.core.$ZodObject, await make()))
        const file = nameOf({ part, body }, before?.parts[name])
        parts[name] = file
        if (file !== before?.parts[name] || anew) fresh.set(file, body)
        return file
      },
    })
    const body = JSON.stringify(z.parse(board.schema, content))
    const emptyBody = JSON.stringify(z.parse(board.schema, empty))
    // Not where something was taken away: a rendering at the same moment may still have read it, and must not become current.
    if (!before && !purge && body === emptyBody) return undefined
    const file = nameOf({ part: 'board', body }, before?.file)
    if (file !== before?.file || anew) fresh.set(file, body)
    const { kind, label, group } = of
    const told = { audience, kind, label, service, ...(group !== undefined && { group }) }
    let noted = before
    if (fresh.size > 0) {
      const at = now()
      await schedule(of.uai, at)
      const nothing = { file: nameOf({ part: 'board', body: emptyBody }, undefined), body: emptyBody }
      noted = await notePuts(boards, args, told, before, [...fresh.keys()], nothing, at)
      if (!noted) continue
    }
    // A file of this name has this content: it is no failure if it is there already.
    await forEachConcurrent(fresh, ([name, text]) => files.put(boardPath(audience, name), text, boardCache, undefined))
    const item = renderedState(noted, { ...told, file, parts }, now())
    const obsolete = purge ? item.retired.map(one => boardPath(audience, one.file)) : []
    if (item.retired.length > 0) await schedule(of.uai, now())
    // Also where nothing changed but the version: what a rendering at the same moment read earlier must not become current.
    const is = noted ? { is: { version: noted.version } } : ({ absent: true } as const)
    const done = await table.transact([put('board', platformPatterns.board, args, item, is)])
    if (done.ok) return { uai: of.uai, obsolete }
  }
  throw new Error('a board was changed by others at each attempt to render it')
}
