import * as z from 'zod/mini'
import { boardCache, boardPath } from '../../../shared/kernel/board.ts'
import type { boardsAccess } from '../access.ts'
import { forEachConcurrent } from '../concurrent.ts'
import { put } from '../operation.ts'
import { platformPatterns } from '../patterns.ts'
import type { Background } from '../platform.ts'
import type { Table } from '../table.ts'
import type { BoardFiles } from './files.ts'
import type { BoardRenderer } from './renderer.ts'
import { naming, renderedState, takenNames } from './state.ts'
import { scheduleDeletion } from './superseded.ts'

/** What rendering needs. `secret`: names files, so that nobody can guess or compare them. */
export type Boards = {
  readonly table: Table<typeof boardsAccess>
  readonly files: BoardFiles
  readonly secret: () => Promise<string>
  readonly now: () => Date
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
const mostAttempts = 6

/**
 * Renders the board of one audience: reads the rows, puts the files that are new, then makes them the current ones, on
 * condition that nobody did so since the state was read. Repeating it is harmless. Undefined if the audience has no board:
 * it does not exist any more, is of a kind without one, or nothing was ever there.
 */
export const renderBoard = async (
  { table, files, secret, now }: Boards,
  { board, render, empty }: BoardRenderer,
  background: Background,
  audience: string,
  { purge, anew = false }: RenderOptions,
): Promise<Rendered | undefined> => {
  const of = await table.get(platformPatterns.boardAudience, { audience }, { consistent: true })
  if (!of || !board.audiences.includes(of.kind)) return undefined
  const args = { uai: of.uai, audience, service: board.service }
  /** Files put by attempts that were refused: others rendered the board at the same moment. */
  const unused = new Set<string>()
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const before = await table.get(platformPatterns.board, args, { consistent: true })
    const taken = takenNames(before)
    const nameOf = naming(board, audience, await secret(), taken)
    const parts: Record<string, string> = {}
    const fresh = new Map<string, string>()
    const content = await render(background, {
      audience,
      part: async (part, key, make) => {
        const name = key === undefined ? part : `${part} ${key}`
        const known = key === undefined || anew ? undefined : before?.parts[name]
        const isCurrent = known?.startsWith(`${board.service}-${part}.${board.shape}.`) && !taken.has(known)
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
    // Not where something was taken away: a rendering at the same moment may still have read it, and must not become current.
    if (!before && !purge && body === JSON.stringify(z.parse(board.schema, empty))) return undefined
    const file = nameOf({ part: 'board', body }, before?.file)
    if (file !== before?.file || anew) fresh.set(file, body)
    // A file of this name has this content: it is no failure if it is there already.
    await forEachConcurrent(fresh, ([name, text]) => files.put(boardPath(audience, name), text, boardCache, undefined))
    const { kind, label, group } = of
    const current = {
      audience,
      kind,
      label,
      service: board.service,
      file,
      parts,
      ...(group !== undefined && { group }),
    }
    const item = renderedState(before, current, [...unused], now())
    const obsolete = purge ? item.retired.map(one => boardPath(audience, one.file)) : []
    if (item.retired.length > 0) await table.writeMany([scheduleDeletion(of.uai, now())])
    // Also where nothing changed but the version: what a rendering at the same moment read earlier must not become current.
    const done = await table.transact([
      put('board', platformPatterns.board, args, item, before ? { is: { version: before.version } } : { absent: true }),
    ])
    if (done.ok) return { uai: of.uai, obsolete }
    for (const name of fresh.keys()) unused.add(name)
  }
  throw new Error('a board was changed by others at each attempt to render it')
}
