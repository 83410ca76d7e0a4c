import { createHmac } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { type Board, boardCache, boardPath } from '../../../shared/kernel/board.ts'
import { hour, minute } from '../../../shared/kernel/dates.ts'
import { base32 } from '../../../shared/kernel/ids.ts'
import type { boardsAccess } from '../access.ts'
import { forEachConcurrent } from '../concurrent.ts'
import { put } from '../operation.ts'
import { type BoardItem, platformPatterns } from '../patterns.ts'
import type { Background } from '../platform.ts'
import type { Table } from '../table.ts'
import type { BoardFiles } from './files.ts'
import type { BoardRenderer } from './renderer.ts'

/** What rendering needs. `secret`: names files, so that nobody can guess or compare them. */
export type Boards = {
  readonly table: Table<typeof boardsAccess>
  readonly files: BoardFiles
  readonly secret: () => Promise<string>
  readonly now: () => Date
}

export type RenderOptions = {
  /** Something was taken away: files of earlier states are deleted once the index no longer names them. */
  readonly purge: boolean
  /** Put every file, also those that are thought to be there: after the bucket was lost. */
  readonly anew?: boolean
}

/** The school of a rendered board, and the files to delete once the school's index is put. */
export type Rendered = { readonly uai: string; readonly obsolete: readonly string[] }

/** Characters of a name: 65 bits. */
const nameLength = 13
/** Milliseconds for which a superseded file is kept, for devices that read the index just before. */
const retiredLifetime = 5 * minute * 1000
/** Milliseconds for which a deleted name is not used again: longer than any request that may still delete it. */
const deletedLifetime = hour * 1000
/** Renderings of one board before it is left to the stream's retry: others render it at the same moment. */
const mostAttempts = 6

type Named = { readonly part: string; readonly body: string }

/** Names files by an HMAC of audience, part, shape and content, passing over names that were deleted lately. */
const naming = (board: Board, audience: string, secret: string, deleted: ReadonlySet<string>) => {
  return ({ part, body }: Named): string => {
    const prefix = `${board.service}${part === 'board' ? '' : `-${part}`}.${board.shape}.`
    for (let salt = 0; ; salt++) {
      const mac = createHmac('sha256', secret).update(JSON.stringify([audience, part, board.shape, salt, body]))
      const file = prefix + base32(mac.digest(), nameLength)
      if (!deleted.has(file)) return file
    }
  }
}

const youngerThan = (age: number, now: Date) => (one: { readonly at: string }) =>
  now.getTime() - Date.parse(one.at) < age

/** The state after a rendering: which files are superseded now, and which are to be deleted. */
const nextState = (
  before: BoardItem | undefined,
  current: Pick<BoardItem, 'audience' | 'kind' | 'label' | 'group' | 'service' | 'file' | 'parts'>,
  purge: boolean,
  now: Date,
): { readonly item: BoardItem; readonly changed: boolean } => {
  const at = now.toISOString()
  const kept = new Set([current.file, ...Object.values(current.parts)])
  const earlier = before ? [before.file, ...Object.values(before.parts)] : []
  const left = earlier.filter(file => !kept.has(file)).map(file => ({ file, at }))
  const waiting = [...(before?.retired ?? []), ...left].filter(({ file }) => !kept.has(file))
  const retired = purge ? [] : waiting.filter(youngerThan(retiredLifetime, now))
  const staying = new Set(retired.map(({ file }) => file))
  const deleted = [
    ...(before?.deleted ?? []).filter(youngerThan(deletedLifetime, now)),
    ...waiting.filter(({ file }) => !staying.has(file)).map(({ file }) => ({ file, at })),
  ]
  const item = { ...current, retired, deleted, version: (before?.version ?? 0) + 1 }
  const { retired: _, deleted: __, version: ___, ...was } = before ?? ({} as BoardItem)
  const changed = !isDeepStrictEqual(was, current) || waiting.length !== retired.length
  return { item, changed }
}

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
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const before = await table.get(platformPatterns.board, args, { consistent: true })
    const deleted = new Set(before?.deleted.map(({ file }) => file))
    const nameOf = naming(board, audience, await secret(), deleted)
    const parts: Record<string, string> = {}
    const fresh = new Map<string, string>()
    const content = await render(background, {
      audience,
      part: async (part, key, make) => {
        const name = key === undefined ? part : `${part} ${key}`
        const known = key === undefined || anew ? undefined : before?.parts[name]
        const isCurrent = known?.startsWith(`${board.service}-${part}.${board.shape}.`) && !deleted.has(known)
        if (known && isCurrent) {
          parts[name] = known
          return known
        }
        const body = JSON.stringify(z.parse(board.parts[part] as z.core.$ZodObject, await make()))
        const file = nameOf({ part, body })
        parts[name] = file
        if (file !== before?.parts[name] || anew) fresh.set(file, body)
        return file
      },
    })
    const body = JSON.stringify(z.parse(board.schema, content))
    if (!before && body === JSON.stringify(z.parse(board.schema, empty))) return undefined
    const file = nameOf({ part: 'board', body })
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
    const { item, changed } = nextState(before, current, purge, now())
    const deletable = purge ? item.deleted : item.deleted.filter(({ file: name }) => !deleted.has(name))
    const obsolete = deletable.map(one => boardPath(audience, one.file))
    if (!changed) return { uai: of.uai, obsolete }
    const done = await table.transact([
      put('board', platformPatterns.board, args, item, before ? { is: { version: before.version } } : { absent: true }),
    ])
    if (done.ok) return { uai: of.uai, obsolete }
  }
  throw new Error('a board was changed by others at each attempt to render it')
}
